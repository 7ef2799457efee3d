// The directory asks the server for what was typed, and shows only the answer to what was typed last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const page = (query, name, count) => new JSDOM(`<main id="main"><form id="filters"><input id="find-room" name="q" value="${query}">
  <label><input type="radio" name="show" value="all" checked><span id="count-all">All ${count}</span></label>
  <label><input type="radio" name="show" value="new"><span id="count-new">Not joined ${count}</span></label>
  <label><input type="radio" name="show" value="archived"><span id="count-archived">Archived 0</span></label></form>
  <div id="live-regions"><div></div><div></div></div><div id="found"><ul id="directory"><li><h2><a href="/rooms/x/">${name}</a></h2></li></ul></div></main>`, { url: "http://localhost/rooms/" }).window;

const window = page("", "Everything", 120);
Object.assign(globalThis, { document: window.document, location: window.location, history: window.history, FormData: window.FormData });
const { startDirectory } = await import("../../../static/js/pages/directory.js");

const until = async (condition) => { for (let tries = 0; !condition() && tries < 300; tries++) await new Promise((done) => setTimeout(done, 10)); };

test("what is typed is asked of the server, once typing ends, and only the last answer counts", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const asked = [];
  startDirectory(() => {}, (path) => new Promise((answer) => { asked.push({ path, answer }); }));
  const box = document.getElementById("find-room");
  const type = (words) => { box.value = words; box.dispatchEvent(new window.Event("input", { bubbles: true })); };
  for (const words of ["s", "se", "sea"]) type(words);
  await until(() => asked.length);
  type("lake");
  await until(() => asked.length === 2);
  assert.deepEqual(asked.map(({ path }) => path), ["/rooms/?q=sea&show=all", "/rooms/?q=lake&show=all"]);
  asked[1].answer(page("lake", "Lake", 1).document);
  await until(() => document.querySelector("#found h2").textContent === "Lake");
  asked[0].answer(page("sea", "Sea", 3).document);
  await new Promise((done) => setTimeout(done, 10));
  assert.equal(document.querySelector("#found h2").textContent, "Lake");
  assert.equal(document.getElementById("count-all").textContent, "All 1");
  assert.equal(location.search, "?q=lake&show=all");
  assert.equal(box.value, "lake");
  await until(() => document.querySelector("#live-regions").textContent);
  assert.equal(document.querySelector("#live-regions").textContent, "1 room found", "what is found is said to who types on");
});
