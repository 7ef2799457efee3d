// My presence, what Enter does and my notifications on this device, and the people I block.

import { byId } from "../core/dom.js";
import { enterSends } from "../core/enter_key.js";
import { startBlockedList } from "./blocked_list.js";
import { gettext } from "../core/translate.js";

const DESKTOP_WORDS = {
  granted: gettext("Shown outside the page, even while you use another window."),
  default: gettext("Your browser will ask for permission."),
  denied: gettext("Blocked by your browser. Allow notifications for this address in its settings first."),
  impossible: gettext("Your browser supports them only on addresses with https."),
};

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
    field("from").value = now.from;
    field("to").value = now.to;
  }

  field("status").addEventListener("change", ({ target }) => idle.setAway(target.value === "away"));
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
  for (const end of ["from", "to"]) field(end).addEventListener("change", ({ target }) => { if (target.value) preferences.set({ [end]: target.value }); });
  byId("you").addEventListener("opening", show);
  startBlockedList(byId("you"), { rooms, request });
  preferences.on("change", show);
  keys.on("change", show);
  idle.on("status", show);
}
