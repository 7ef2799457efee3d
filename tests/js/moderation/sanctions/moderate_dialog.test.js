// The dialog in which a moderator acts on a person, in the page's own form.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const TEMPLATE = readFileSync(new URL("../../../../templates/chat/moderation/moderate.html", import.meta.url), "utf8")
  .replace(/\{% include "chat\/error_line.html"[^%]*%\}/, '<p id="moderate-error" hidden><span></span></p>').replace(/\{%[^%]*%\}/g, "");
const { window } = new JSDOM(TEMPLATE);
globalThis.window = window;
for (const name of ["document", "FormData", "HTMLElement", "AbortController", "addEventListener"]) globalThis[name] = window[name];
globalThis.requestAnimationFrame = () => 0;
const { ModerateDialog } = await import("../../../../static/js/moderation/sanctions/moderate_dialog.js");

const alice = { id: 1, name: "Alice" };
const bob = { id: 2, name: "Bob", role: "member" };
const room = { id: 7, kind: "public", role: "owner", online: new Map() };

test("the messages that a purge removes are counted again for another span", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const counts = { 3600: 2, 86400: 5 };
  const sanctions = { on() {}, of: () => null, past: async () => [], countPurge: async (_room, _id, seconds) => ({ count: counts[seconds] }) };
  for (const name of ["show", "showModal"]) window.HTMLDialogElement.prototype[name] = function open() { this.open = true; };
  const dialog = new ModerateDialog({ me: alice, sanctions, api: {}, signOf: () => "#sea" });
  dialog.open(room, bob, () => null);
  const said = async (span) => {
    window.document.querySelector(`[name=span][value=${span}]`).click();
    dialog.form.dispatchEvent(new window.Event("input"));
    await new Promise((resolve) => { setImmediate(resolve); });
    return window.document.getElementById("moderate-takes").textContent;
  };
  assert.match(await said("hour"), /2 messages/);
  assert.match(await said("day"), /5 messages/);
});

test("the dialog is named by what it does, and says what another choice would do", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  const { document } = window;
  document.body.insertAdjacentHTML("beforeend", `<div id="live-regions"><div></div><div></div></div>`);
  const sanctions = { on() {}, of: () => null, past: async () => [], countPurge: async () => ({ count: 0 }) };
  const dialog = new ModerateDialog({ me: alice, sanctions, api: {}, signOf: () => "#sea" });
  dialog.open(room, bob, () => null);
  assert.equal(dialog.dialog.getAttribute("aria-label"), "Moderate Bob");
  document.querySelector("[name=action][value=ban]").checked = true;
  dialog.form.dispatchEvent(new window.Event("input"));
  t.mock.timers.tick(500);
  for (let turn = 0; turn < 3; turn += 1) t.mock.timers.tick(150);
  assert.match(document.getElementById("live-regions").textContent, /Ban until/);
});
