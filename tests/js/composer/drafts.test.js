// What is being written stays with its room, over a reload and in every tab.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../../static/js/composer/drafts.js";

const MESSAGE = { room: 7, seq: 3, epoch: "a", author: { id: 1, handle: "ada", name: "Ada" }, text: "helo", sent_at: 1, reactions: [] };

/** Two tabs of one browser: a change in one is an event in the other. */
function browser() {
  const kept = new Map();
  const tabs = [];
  const open = (me = { id: 1 }) => {
    const page = new EventTarget();
    const tell = (key) => { for (const other of tabs) if (other !== page) other.dispatchEvent(Object.assign(new Event("storage"), { key })); };
    tabs.push(page);
    return new Drafts(me, {
      get: (key) => kept.get(key) ?? null, set: (key, text) => { kept.set(key, text); tell(key); }, remove: (key) => { kept.delete(key); tell(key); },
    }, page);
  };
  return { open, kept };
}

test("a text, a reply and an edit in progress are there after a reload", () => {
  const { open } = browser();
  const drafts = open();
  drafts.set(7, { text: "hel" });
  drafts.set(7, { reply: MESSAGE });
  drafts.set(7, { edit: { message: MESSAGE, text: "hello" } });
  const { reactions, sent_at, ...kept } = MESSAGE;
  assert.deepEqual(open().get(7), { text: "hel", reply: { room: 7, seq: 3, epoch: "a" }, edit: { message: kept, text: "hello" } });
  assert.equal(drafts.get(7).reply.text, "helo");       // known to this page, and stored nowhere
  assert.deepEqual([reactions, sent_at], [[], 1]);
  assert.deepEqual(open().get(8), { text: "", reply: null, edit: null });
  assert.deepEqual(open({ id: 2 }).get(7), { text: "", reply: null, edit: null });     // somebody else's
});

test("a text that an earlier version stored is there", () => {
  for (const text of ["hel", "42", "null", '"quoted"', "{ not JSON"]) {
    const { open, kept } = browser();
    kept.set("draft 1 7", text);
    assert.deepEqual(open().get(7), { text, reply: null, edit: null });
  }
});

test("what is sent in one tab disappears from the others", () => {
  const { open, kept } = browser();
  const [one, other] = [open(), open()];
  const changed = [];
  other.on("change", (room) => changed.push(room));
  one.set(7, { text: "hello" });
  assert.equal(other.get(7).text, "hello");
  one.set(7, { text: "" });
  assert.deepEqual([other.get(7).text, other.has(7), changed, kept.size], ["", false, [7, 7], 0]);
});

test("another tab that empties the storage empties the drafts; other keys are nobody's", () => {
  const { open, kept } = browser();
  const page = new EventTarget();
  const drafts = new Drafts({ id: 1 }, { get: (key) => kept.get(key) ?? null, set() {}, remove() {} }, page);
  open().set(7, { text: "hello" });
  assert.equal(drafts.get(7).text, "hello");
  kept.clear();
  page.dispatchEvent(Object.assign(new Event("storage"), { key: "theme" }));
  assert.equal(drafts.get(7).text, "hello");
  page.dispatchEvent(Object.assign(new Event("storage"), { key: null }));
  assert.equal(drafts.get(7).text, "");
});

test("an edit counts as something to come back to, a reply without a text does not", () => {
  const drafts = browser().open();
  drafts.set(7, { reply: MESSAGE });
  drafts.set(8, { edit: { message: MESSAGE, text: "" } });
  assert.deepEqual([drafts.has(7), drafts.has(8)], [false, true]);
});
