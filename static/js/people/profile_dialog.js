// My presence, what Enter does, how times are written, my notifications and what is read aloud on this device, and the people I
// block.

import { byId, el, fill } from "../core/dom.js";
import { enterSends } from "../core/enter_key.js";
import { timeOfDay } from "../core/format.js";
import { timeNotation } from "../core/time_notation.js";
import { startBlockedList } from "./blocked_list.js";
import { gettext } from "../core/translate.js";

const DESKTOP_WORDS = {
  granted: gettext("Shown outside the page, even while you use another window."),
  default: gettext("Your browser will ask for permission."),
  denied: gettext("Blocked by your browser. Allow notifications for this address in its settings first."),
  impossible: gettext("Your browser supports them only on addresses with https."),
};

const HALF_HOURS = Array.from({ length: 48 }, (_, half) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);

export function startProfileDialog({ idle, preferences, keys, sound, desktop, rooms, request }) {
  const field = (id) => byId(`you-${id}`);

  function show() {
    const { now } = preferences;
    for (const choice of field("status").querySelectorAll("input")) choice.checked = (choice.value === "away") === idle.isAwayByHand;
    field("enter").checked = enterSends(keys.now);
    field("sound").checked = now.sound;
    field("desktop").checked = now.desktop && desktop.permission === "granted";
    field("desktop").disabled = ["denied", "impossible"].includes(desktop.permission);
    field("desktop-words").textContent = DESKTOP_WORDS[desktop.permission];
    field("quiet").checked = now.quiet;
    field("hours").hidden = !now.quiet;
    for (const end of ["from", "to"]) fillTimes(field(end), now[end]);
    for (const choice of field("spoken").querySelectorAll("input")) choice.checked = choice.value === now.spoken;
    for (const choice of field("clock").querySelectorAll("input")) choice.checked = choice.value === timeNotation.chosen;
  }

  field("status").addEventListener("change", ({ target }) => idle.setAway(target.value === "away"));
  field("clock").addEventListener("change", ({ target }) => timeNotation.choose(target.value));
  field("enter").addEventListener("change", ({ target }) => keys.set({ enterSends: target.checked }));
  field("sound").addEventListener("change", ({ target }) => {
    preferences.set({ sound: target.checked });
    if (target.checked) sound.play();
  });
  field("desktop").addEventListener("change", async ({ target }) => {
    const wanted = target.checked;
    preferences.set({ desktop: wanted && await desktop.ask() });
  });
  field("quiet").addEventListener("change", ({ target }) => preferences.set({ quiet: target.checked }));
  field("spoken").addEventListener("change", ({ target }) => preferences.set({ spoken: target.value }));
  for (const end of ["from", "to"]) field(end).addEventListener("change", ({ target }) => { preferences.set({ [end]: target.value }); });
  byId("you").addEventListener("opening", show);
  startBlockedList(byId("you"), { rooms, request });
  preferences.on("change", show);
  timeNotation.on("change", show);
  keys.on("change", show);
  idle.on("status", show);
}

/** A list of times, since the browser's own field for them has a notation of its own. `chosen`: "22:00". */
function fillTimes(select, chosen) {
  const times = HALF_HOURS.includes(chosen) ? HALF_HOURS : [...HALF_HOURS, chosen].sort();
  fill(select, times.map((time) => el("option", { value: time, selected: time === chosen }, timeOfDay(time))));
}
