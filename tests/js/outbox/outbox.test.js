import assert from "node:assert/strict";
import { test } from "node:test";
import { newClientId } from "../../../static/js/outbox/outbox.js";
import { MemoryStorage } from "../../../static/js/outbox/storage.js";
import { openTab, settle } from "./stage.js";

const texts = (sent) => sent.map(({ text }) => text);
const states = (outbox, room = 7) => outbox.entriesOf(room).map(({ text, state }) => `${text} ${state}`);

/** A tab that is connected, with these messages written in room 7. */
async function writing(...written) {
  const tab = openTab();
  tab.outbox.connected();
  tab.entries = written.map((text) => tab.outbox.add(7, text));
  await settle();
  return tab;
}

test("an id has 128 bits and no two are alike", () => {
  const ids = new Set(Array.from({ length: 1000 }, newClientId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("one at a time leaves for a room, in the order of writing", async () => {
  const { outbox, sent } = await writing("one", "two", "three");
  outbox.add(8, "elsewhere");
  await settle();
  assert.deepEqual(texts(sent), ["one", "elsewhere"]);
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await settle();
  assert.deepEqual(texts(sent), ["one", "elsewhere", "two"]);
});

test("what is written offline waits, and goes out in order", async () => {
  const { outbox, sent } = openTab();
  outbox.add(7, "one");
  outbox.add(7, "two");
  await settle();
  assert.deepEqual(sent, []);
  outbox.connected();
  await settle();
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await settle();
  assert.deepEqual(texts(sent), ["one", "two"]);
});

test("without an answer it is sent again under the same id", async () => {
  const { sent, entries } = await writing("one", "two");
  sent[0].reject({ code: "timeout" });
  await settle();
  assert.deepEqual(sent.map(({ client_id }) => client_id), [entries[0].client_id, entries[0].client_id]);
});

test("a lost connection and a new one send it again under the same id, at once", async () => {
  const { outbox, sent } = await writing("one");
  outbox.disconnected();
  await settle();
  outbox.connected();
  await settle();
  assert.equal(sent.length, 2);
  assert.equal(sent[0].client_id, sent[1].client_id);
});

test("the answer to an earlier attempt does not disturb the one under way", async () => {
  const { outbox, sent } = await writing("one");
  outbox.disconnected();
  await settle();
  outbox.connected();
  await settle();
  sent[0].reject({ code: "muted", message: "" });
  await settle();
  assert.deepEqual(states(outbox), ["one waiting"]);
});

test("the acknowledgement and the event can come in any order, and either will do", async () => {
  for (const order of ["ack event", "event ack", "event"]) {
    const { outbox, sent, entries: [{ client_id }] } = await writing("one", "two");
    for (const what of order.split(" ")) {
      if (what === "ack") sent[0].resolve({ ok: true, seq: 4, epoch: "a" });
      else outbox.arrived({ client_id, seq: 4 }, "a");
      await settle();
    }
    assert.deepEqual(states(outbox), ["one sent", "two waiting"], order);
    assert.deepEqual(texts(sent), ["one", "two"], order);
  }
});

test("a refusal keeps the text, says why, and lets the next one go", async () => {
  const { outbox, sent, clock } = await writing("one", "two");
  sent[0].reject({ code: "muted", message: "You are muted in this room.", retry_in: 60 });
  await settle();
  assert.deepEqual(states(outbox), ["one failed", "two waiting"]);
  assert.deepEqual(outbox.entriesOf(7)[0].error, { code: "muted", message: "You are muted in this room.", until: clock.now + 60_000 });
  assert.deepEqual(texts(sent), ["one", "two"]);
});

test("retry keeps the id; discard can be taken back, into its place", async () => {
  const { outbox, sent, entries: [{ client_id }] } = await writing("one", "two");
  sent[0].reject({ code: "muted", message: "" });
  await settle();
  const entry = outbox.discard(client_id);
  assert.deepEqual(states(outbox), ["two waiting"]);
  outbox.undiscard(entry);
  assert.deepEqual(states(outbox), ["one failed", "two waiting"]);
  sent[1].reject({ code: "muted", message: "" });
  await settle();
  outbox.retry(client_id);
  await settle();
  assert.equal(sent[2].client_id, client_id);
});

test("what was discarded on its way stays discarded here, whatever the answer", async () => {
  const { outbox, sent, entries: [{ client_id }] } = await writing("one");
  outbox.discard(client_id);
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await settle();
  assert.deepEqual(states(outbox), []);
});

test("slow mode holds this message and those behind it, then sends by itself", async () => {
  const { outbox, sent, clock } = await writing("one", "two");
  sent[0].reject({ code: "slow_mode", message: "", retry_in: 12 });
  await settle();
  assert.equal(outbox.entriesOf(7)[0].until, clock.now + 12_000);
  await clock.pass(11_999);
  assert.equal(outbox.sending, 0);
  assert.deepEqual(texts(sent), ["one"]);
  await clock.pass(1);
  assert.deepEqual(texts(sent), ["one", "one"]);
});

test("a held message waits for a moderator, who lets it through or says why not", async () => {
  const { outbox, sent, entries: [through, declined] } = await writing("one", "two");
  sent[0].reject({ code: "held", message: "A moderator looks at it first." });
  await settle();
  sent[1].reject({ code: "held", message: "A moderator looks at it first." });
  await settle();
  outbox.retry(through.client_id);
  assert.deepEqual([states(outbox), sent.length, outbox.sending], [["one held", "two held"], 2, 0]);
  outbox.arrived({ client_id: through.client_id, seq: 1 }, "a");
  outbox.declined({ client_id: declined.client_id, answer: "Not here" });
  outbox.declined({ client_id: "of another device" });
  assert.deepEqual(states(outbox), ["one sent", "two failed"]);
  assert.match(outbox.entriesOf(7)[1].error.message, /Not here/);
});

test("a short wait is kept by itself, a long one is a refusal", async () => {
  for (const [retry_in, state] of [[10, "waiting"], [11, "failed"]]) {
    const { outbox, sent } = await writing("one");
    sent[0].reject({ code: "rate_limited", message: "", retry_in });
    await settle();
    assert.deepEqual(states(outbox), [`one ${state}`]);
  }
});

test("a server that cannot just now is asked again when it says", async () => {
  const { outbox, sent, clock } = await writing("one");
  sent[0].reject({ code: "unavailable", message: "", retry_in: 2 });
  await clock.pass(1_999);
  assert.equal(sent.length, 1);
  await clock.pass(1);
  assert.equal(sent.length, 2);
  assert.equal(outbox.entriesOf(7)[0].error, null);
});

test("sending is said only when it takes long", async () => {
  const { outbox, clock } = await writing("one");
  assert.equal(outbox.sending, 0);
  await clock.pass(400);
  assert.equal(outbox.sending, 1);
});

test("what an earlier page left is restored and sent, under its own id", async () => {
  const first = openTab();
  const { client_id } = first.outbox.add(7, "kept", 3);
  await settle();
  const { outbox, sent } = openTab({ storage: first.storage });
  outbox.connected();
  await outbox.restore();
  await settle();
  assert.deepEqual(sent.map((entry) => [entry.client_id, entry.reply_to]), [[client_id, 3]]);
});

test("a sent one is kept two minutes, over a reload too, and no longer", async () => {
  const { outbox, sent, clock, storage } = await writing("one");
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await clock.pass(119_999);
  const reloaded = openTab({ storage, clock });
  await reloaded.outbox.restore();
  assert.deepEqual(states(reloaded.outbox), ["one sent"]);
  await clock.pass(1);
  assert.deepEqual(states(outbox), []);
  assert.deepEqual(states(reloaded.outbox), []);
  assert.deepEqual(await storage.load(), []);
});

test("a new epoch asks once more for what was acknowledged in the old one, in order", async () => {
  const { outbox, sent } = await writing("one", "two");
  for (const seq of [1, 2]) {
    sent.at(-1).resolve({ ok: true, seq, epoch: "a" });
    await settle();
  }
  outbox.check(7, "a");
  await settle();
  assert.equal(sent.length, 2);
  outbox.check(7, "b");
  await settle();
  sent[2].resolve({ ok: true, seq: 1, epoch: "a", duplicate: true });     // it survived, in its own epoch
  await settle();
  sent[3].resolve({ ok: true, seq: 2, epoch: "b" });                      // it had not
  await settle();
  assert.deepEqual(texts(sent), ["one", "two", "one", "two"]);
  outbox.check(7, "b");
  await settle();
  assert.equal(sent.length, 4);
});

test("what the new epoch shows to have survived is not asked for", async () => {
  const { outbox, sent, entries: [{ client_id }] } = await writing("one");
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await settle();
  outbox.arrived({ client_id, seq: 1 }, "b");
  outbox.check(7, "b");
  await settle();
  assert.equal(sent.length, 1);
});

test("storage that fails loses nothing while the page lives, and the rows may say so", async () => {
  const failing = new MemoryStorage();
  failing.lasting = true;
  failing.put = async () => { failing.lasting = false; };
  failing.load = async () => (failing.lasting ? [] : null);
  const { outbox, sent } = openTab({ storage: failing });
  let told = 0;
  outbox.on("change", () => told++);
  outbox.connected();
  outbox.add(7, "one");
  await settle();
  assert.equal(outbox.lasting, false);
  assert.ok(told >= 2);
  sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await settle();
  assert.deepEqual(states(outbox), ["one sent"]);
});
