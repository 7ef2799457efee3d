// What the search offers, asks and says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, outcome, SearchError } from "../../../static/js/search/search_api.js";
import { inRoom } from "../../../static/js/search/in_room.js";
import { completed, suggestions, wordAt } from "../../../static/js/search/suggest.js";

const FACTS = {
  rooms: [{ slug: "engineering", name: "#Engineering" }, { slug: "front-desk", name: "#Front desk" }],
  people: [{ handle: "mei", name: "Mei Tanaka" }, { handle: "ruth.a", name: "Ruth Adeyemi" }],
  today: "2026-03-01",
};
const puts = (text, cursor = text.length) => suggestions(text, cursor, FACTS).map(({ put }) => put);
const answering = (status, told) => async () => ({ ok: status === 200, status, json: async () => told });

test("the word is the one that the cursor is in or behind", () => {
  assert.deepEqual(wordAt("red from:m boat", 10), { word: "from:m", start: 4, end: 10 });
  assert.deepEqual(wordAt("red from:m boat", 6), { word: "from:m", start: 4, end: 10 });
  assert.deepEqual(wordAt("red ", 4), { word: "", start: 4, end: 4 });
  assert.deepEqual(wordAt('"red', 4), { word: "red", start: 1, end: 4 });
});

test("operators are offered, then what fits behind them", () => {
  const operators = ["from:", "in:", "mentions:", "has:", "is:edited", "after:", "before:"];
  assert.deepEqual(puts(""), operators);
  assert.deepEqual(puts("boat"), operators);
  assert.deepEqual(puts("boat in:"), ["in:engineering", "in:front-desk"]);
  assert.deepEqual(puts("in:#desk"), ["in:front-desk"]);
  assert.deepEqual(puts("From:@ta"), ["from:mei"]);
  assert.deepEqual(puts("from:ruth"), ["from:ruth.a"]);
  assert.deepEqual(puts("from:nobody"), []);
  assert.deepEqual(puts("from:m"), ["from:me", "from:mei"]);
  assert.deepEqual(puts("mentions:@ruth"), ["mentions:ruth.a"]);
  assert.deepEqual(puts("has:"), ["has:link", "has:code"]);
  assert.deepEqual(puts("is:e"), ["is:edited"]);
  assert.deepEqual(puts("after:"), ["after:today", "after:yesterday", "after:7d", "after:30d", "after:1y"]);
  assert.deepEqual(puts("before:2025"), ["before:1y"]);
  assert.deepEqual(suggestions("after:y", 7, FACTS), [{ put: "after:yesterday", label: "Yesterday", note: "2026-02-28" }]);
});

test("this room is offered first, unless a room is chosen, and is one key away", () => {
  const here = { ...FACTS, here: "front-desk" };
  assert.equal(suggestions("boat", 4, here)[0].put, "in:front-desk");
  assert.equal(suggestions("boat in:engineering ", 20, here)[0].put, "from:");
  assert.equal(inRoom("", "sea"), "in:sea ");
  assert.equal(inRoom("red  in:land boat", "sea"), "in:sea red boat");
  assert.equal(inRoom("in:land", "sea"), "in:sea ");
});

test("names fit with the letters that people have", () => {
  const facts = { ...FACTS, people: [{ handle: "ewa", name: "Ewa Łódzka" }], rooms: [{ slug: "łódź", name: "#Łódź" }] };
  assert.deepEqual(suggestions("from:lod", 8, facts).map(({ put }) => put), ["from:ewa"]);
  assert.deepEqual(suggestions("in:lodz", 7, facts).map(({ put }) => put), ["in:łódź"]);
});

test("what is chosen takes the place of what was begun, or comes behind it", () => {
  assert.deepEqual(completed("", 0, "from:"), { text: "from:", cursor: 5 });
  assert.deepEqual(completed("boat", 4, "from:"), { text: "boat from:", cursor: 10 });
  assert.deepEqual(completed("boat fr", 7, "from:"), { text: "boat from:", cursor: 10 });
  assert.deepEqual(completed("red in:f boat", 8, "in:front-desk"), { text: "red in:front-desk boat", cursor: 18 });
});

test("a question carries the reader's zone and is answered", async () => {
  let asked = "";
  const fetch = async (address) => { asked = address; return answering(200, { ok: true, results: [], rooms: [], unknown: [], next: "" })(); };
  assert.deepEqual((await ask('a "b" & c', { after: "7", fetch })).results, []);
  const parameters = new URL(asked, "http://localhost").searchParams;
  assert.equal(parameters.get("q"), 'a "b" & c');
  assert.equal(parameters.get("after"), "7");
  assert.equal(parameters.get("zone"), Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test("what is not answered is said in words, and when to ask again", async () => {
  const refused = answering(429, { ok: false, error: { code: "rate_limited", message: "Too many at once. Wait a moment, then try again.", retry_in: 0.5 } });
  await assert.rejects(ask("x", { fetch: refused }), { message: "Too many at once. Wait a moment, then try again.", retryIn: 0.5 });
  const broken = async () => ({ ok: false, status: 502, json: async () => { throw new SyntaxError("no JSON"); } });
  await assert.rejects(ask("x", { fetch: broken }), /The search failed/);
  const offline = async () => { throw new TypeError("Failed to fetch"); };
  await assert.rejects(ask("x", { fetch: offline }), (error) => error instanceof SearchError && /connection/.test(error.message));
  const aborted = async () => { throw Object.assign(new Error("aborted"), { name: "AbortError" }); };
  await assert.rejects(ask("x", { fetch: aborted }), { name: "AbortError" });
});

test("the line above the results says how many there are", () => {
  const said = (facts) => outcome({ shown: 0, next: "", unknown: [], ...facts });
  assert.equal(said({ shown: 1 }), "1 message");
  assert.equal(said({ shown: 20, next: "7" }), "20 messages, and there are more");
  assert.equal(said({}), "No results. Try fewer words, or only their beginnings.");
  assert.equal(said({ next: "7" }), "No results yet. There may be older ones.");
  assert.equal(said({ unknown: ["in:secret", "from:bob"] }), "There is no room “secret” that you can see. There is nobody named “bob” here.");
  assert.equal(said({ unknown: ["mentions:bob"] }), "There is nobody named “bob” here.");
  assert.equal(said({ shown: 1, not_operators: ["to:"] }), "1 message. “to:” is no filter, so it was searched for as a word.");
  assert.equal(said({ not_operators: ["to:"] }), "No results. Try fewer words, or only their beginnings. “to:” is no filter, so it was searched for as a word.");
});
