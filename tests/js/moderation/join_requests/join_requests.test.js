// Who asks to join, what they are told, and what links and rules say of themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Emitter } from "../../../../static/js/core/emitter.js";
import { answerText, JoinRequests } from "../../../../static/js/moderation/join_requests/join_requests.js";
import { linkWords } from "../../../../static/js/moderation/room_settings/invitation_links_dialog.js";
import { takesWords } from "../../../../static/js/moderation/sanctions/moderate_dialog.js";
import { Sanctions } from "../../../../static/js/moderation/sanctions/sanctions.js";
import { ruleWords } from "../../../../static/js/moderation/room_settings/word_list_dialog.js";
import { Rooms } from "../../../../static/js/store/rooms.js";

const NOW = Date.UTC(2026, 10, 23, 14, 4);
const ME = { id: 1 };

function stage(mine, me = ME) {
  const rooms = Object.assign(new Emitter(), { all: () => mine });
  const asked = [];
  const later = [];
  const requests = new JoinRequests({
    me, rooms, later: (act) => later.push(act), fetchAll: async () => { asked.push(1); return { requests: [{ user: { id: 9 } }] }; },
  });
  return { rooms, requests, asked, later };
}

test("word of who asks is followed by one question, however many ask at once", async () => {
  const { rooms, requests, asked, later } = stage([{ kind: "private", role: "moderator" }]);
  rooms.emit("request", { room: 7, user: 9, state: "open" });
  rooms.emit("request", { room: 7, user: 8, state: "open" });
  assert.equal(later.length, 1);
  const changed = new Promise((resolve) => { requests.on("change", resolve); });
  later[0]();
  await changed;
  assert.deepEqual([asked.length, requests.waiting.length], [1, 1]);
});

test("an answer to me is told, and asks for nothing", () => {
  const { rooms, requests, later } = stage([]);
  const told = [];
  requests.on("answered", (answer) => told.push(answerText(answer)));
  rooms.emit("request", { room: 7, user: 1, state: "accepted", name: "cellar", answer: "Welcome!" });
  rooms.emit("request", { room: 7, user: 1, state: "declined", name: "cellar", answer: "" });
  assert.deepEqual(told, ["You are in #cellar now. Welcome!", "Your request to join #cellar was declined."]);
  assert.equal(later.length, 0);
});

test("doors concern who moderates a private room, and the site's staff", () => {
  assert.equal(stage([{ kind: "private", role: "member" }, { kind: "public", role: "owner" }]).requests.concernMe, false);
  assert.equal(stage([{ kind: "private", role: "owner" }]).requests.concernMe, true);
  assert.equal(stage([], { id: 1, staff: true }).requests.concernMe, true);
});

test("a link says how often it was used and when it ends", () => {
  assert.equal(linkWords({ uses: 1, most_uses: 5, until: NOW + 26 * 60_000 }, NOW, "UTC"), "Used by 1 of 5, until 14:30");
  assert.equal(linkWords({ uses: 1, most_uses: null, until: null }, NOW, "UTC"), "Used by 1 person, never expires");
});

test("a rule of the whole site says so, since it cannot be changed here", () => {
  assert.equal(ruleWords({ kind: "word", effect: "hold", whole_site: false }), "Word or phrase");
  assert.equal(ruleWords({ kind: "link", effect: "refuse", whole_site: true }), "Links to it. Rejected, in all rooms");
});

test("a purge says what it will take", () => {
  assert.deepEqual([0, 1, 5000].map(takesWords), ["There is nothing to remove.", "1 message will be removed.", "5,000 messages will be removed."]);
});

test("staff who look into a room that they are not in see who is muted there, live", async () => {
  const me = { id: 1, staff: true };
  const rooms = new Rooms({ me, people: { learn() {} }, needSync() {} });
  const sanctions = new Sanctions({ me, rooms, fetchSanctions: async () => [] });
  const outside = { id: 7, slug: "sea", kind: "public" };
  await sanctions.refresh(outside);
  sanctions.fetchSanctions = async () => [{ user: { id: 9 }, kind: "mute", until: null, reason: "spam" }];
  rooms.onSanction({ room: 7, user: 9, kind: "mute", until: null, reason: "spam" });
  rooms.onSanction({ room: 8, user: 9, kind: "mute", until: null });     // a room that nobody shows
  rooms.emit("list");
  assert.equal(sanctions.of(outside, 9)?.reason, "spam");
});
