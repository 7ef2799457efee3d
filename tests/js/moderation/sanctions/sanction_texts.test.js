// What is said of mutes, bans, reports and what a button is about to do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { whoSees } from "../../../../static/js/moderation/reports/report_dialog.js";
import { consequence, doneWords, endHint, resultWords, secondsOf } from "../../../../static/js/moderation/sanctions/sanction_terms.js";
import { endWords, mutedWords, pastWords, sanctionWords } from "../../../../static/js/moderation/sanctions/sanction_texts.js";

const NOW = Date.UTC(2026, 10, 23, 14, 4);
const MINUTE = 60_000;
const DAY = 86_400_000;

test("an end is as near as it is said", () => {
  assert.equal(endWords(NOW + 26 * MINUTE, NOW, "UTC"), "until 14:30");
  assert.equal(endWords(NOW + DAY, NOW, "UTC"), "until tomorrow, 14:04");
  assert.match(endWords(NOW + 9 * DAY, NOW, "UTC"), /^until .*2026.*, 14:04$/);
  assert.equal(endWords(null, NOW, "UTC"), "permanently");
  assert.equal(sanctionWords({ kind: "ban", until: null }, NOW, "UTC"), "Banned permanently");
});

test("who is muted is told until when and why, and what they still can do", () => {
  const { strong, words } = mutedWords({ until: NOW + 26 * MINUTE, reason: "the same link in four rooms." }, NOW, "UTC");
  assert.equal(strong + words, "You are muted here until 14:30: the same link in four rooms. You can still read.");
  assert.equal(Object.values(mutedWords({ until: null, reason: "" }, NOW, "UTC")).join(""), "You are muted here permanently. You can still read.");
});

test("a past is counted without what holds now", () => {
  const past = (kind, more) => ({ kind, until: NOW - 1, lifted_at: null, ...more });
  assert.equal(pastWords([past("mute"), past("mute", { until: null, lifted_at: 1 }), past("ban"), past("ban", { until: NOW + 1 })], NOW), "2 earlier mutes, 1 earlier ban");
  assert.equal(pastWords([], NOW), "");
});

test("the button says what will be so", () => {
  const words = (terms) => resultWords({ action: "mute", length: "1 hour", span: "none", ...terms }, NOW, "UTC");
  assert.equal(words({}), "Mute until 15:04");
  assert.equal(words({ length: "for good", action: "ban" }), "Ban permanently");
  assert.equal(words({ action: "kick" }), "Remove");
  assert.equal(words({ span: "day" }), "Mute until 15:04 and purge the last day");
  assert.equal(words({ action: "purge", span: "all" }), "Purge everything");
  assert.equal(words({ length: "until", until: "" }), "Mute");
  assert.equal(doneWords({ action: "ban", length: "1 hour", span: "all" }, NOW, "UTC"), "banned until 15:04 and purged everything");
});

test("a length is whole seconds, and an end that is past is refused", () => {
  const seconds = (terms) => secondsOf({ action: "mute", ...terms }, NOW);
  assert.equal(seconds({ length: "10 min" }), 600);
  assert.equal(seconds({ length: "for good" }), null);
  assert.equal(seconds({ length: "until", until: new Date(NOW + 90_000).toISOString() }), 90);
  assert.equal(secondsOf({ action: "kick", length: "1 day" }, NOW), null);
  for (const until of ["", new Date(NOW - 1000).toISOString()]) assert.throws(() => seconds({ length: "until", until }), /in the future/);
});

test("what an action and its end mean is said before it is done", () => {
  assert.equal(endHint({ action: "mute", length: "10 min" }, NOW, "UTC"), "Expires at 14:14.");
  assert.equal(endHint({ action: "mute", length: "1 day" }, NOW, "UTC"), "Expires tomorrow at 14:04.");
  assert.match(endHint({ action: "mute", length: "until", until: new Date(NOW + 9 * DAY).toISOString() }, NOW, "UTC"), /^Expires on .*2026.* at 14:04\.$/);
  assert.equal(endHint({ action: "mute", length: "for good" }, NOW, "UTC"), "Stays in force until someone lifts it.");
  assert.match(consequence({ action: "ban" }, "#sea"), /cannot rejoin/);
});

test("what holds for the whole site says so before it is done, on the button, afterwards and in the list", () => {
  const site = (terms) => ({ length: "1 hour", span: "none", site: "on", ...terms });
  assert.match(consequence(site({ action: "ban" }), "#sea"), /this site or any of its rooms/);
  assert.match(consequence(site({ action: "mute" }), "#sea"), /in any room/);
  assert.equal(consequence(site({ action: "kick" }), "#sea"), consequence({ action: "kick" }, "#sea"));
  assert.equal(resultWords(site({ action: "ban" }), NOW, "UTC"), "Ban from the whole site until 15:04");
  assert.equal(doneWords(site({ action: "mute" }), NOW, "UTC"), "muted on the whole site until 15:04");
  assert.equal(sanctionWords({ kind: "ban", until: null, whole_site: true }, NOW, "UTC"), "Banned from the whole site permanently");
});

test("a report says who sees it", () => {
  const signOf = () => "#sea";
  assert.equal(whoSees({ kind: "public" }, { name: "Quint" }, signOf), "The moderators of #sea see it with your name. Quint does not.");
  assert.match(whoSees({ kind: "direct" }, { name: "Quint" }, signOf), /^The site's staff/);
});
