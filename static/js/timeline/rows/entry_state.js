// The state of an unsent message as its row shows it. Pure.

import { endWords } from "../../moderation/sanctions/sanction_texts.js";
import { isLate, isPaused } from "../../outbox/entry.js";
import { gettext } from "../../core/translate.js";

/** {kind, words, icon, classes, retry, change, discard}; empty words without a state to show. `behind`: one before it is paused. */
export function entryState(entry, { now, connected, lasting }, behind = false) {
  if (entry.state === "failed") return failed(entry, now());
  if (entry.state === "held") return waiting("held", entry.error.message, "eye", { discard: true });
  if (entry.state === "sent") return quiet();
  if (isPaused(entry, now())) return paused(entry, now());
  if (!isLate(entry, now())) return quiet();
  if (!connected()) return waiting("waiting", notConnected(lasting()), "clock", { discard: true });
  if (behind) return waiting("behind", gettext("Queued"), "snail", { discard: true });
  return waiting("sending", gettext("Sending"), "turn");
}

function quiet() {
  return { kind: "quiet", words: "", classes: [] };
}

function failed({ error: { message, until } }, now) {
  const words = lowerFirst(message) + (until ? `, ${endWords(until, now)}` : "");
  return { kind: "failed", words, icon: "alert", classes: ["message--failed"], retry: true, change: true, discard: true };
}

function paused({ until, error }, now) {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  const words = error.code === "slow_mode" ? gettext("Slow mode: sends in %(count)s s", { count: seconds }) : gettext("Too many at once: sends in %(count)s s", { count: seconds });
  return waiting("paused", words, "snail", { discard: true });
}

function waiting(kind, words, icon, more = {}) {
  return { kind, words, icon, classes: ["message--sending"], ...more };
}

function notConnected(lasting) {
  return lasting ? gettext("Waiting for the connection. Saved on this device.") : gettext("Waiting for the connection. Saved on this page only.");
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
