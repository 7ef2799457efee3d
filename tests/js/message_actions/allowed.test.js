// Which actions a message allows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, lastToEdit } from "../../../static/js/message_actions/allowed.js";

test("what may be done with a message", () => {
  const may = (message, room) => Object.entries(allowed({ seq: 1, kind: "text", author: { id: 2 }, ...message }, { role: "member", state: "open", writers: "everyone", editors: "everyone", ...room }, { id: 1 }))
    .filter(([, yes]) => yes).map(([name]) => name).join(" ");
  assert.equal(may({}), "react reply link unread report");
  assert.equal(may({ author: { id: 1 } }), "react reply edit remove link unread");
  assert.equal(may({}, { role: "moderator" }), "react reply remove link unread report");
  assert.equal(may({}, { state: "announcement", writers: "moderators" }), "react link unread report");
  assert.equal(may({ author: { id: 1 } }, { state: "locked", writers: "moderators", editors: "moderators" }), "link unread");
  assert.equal(may({}, { state: "archived", writers: "nobody", editors: "nobody" }), "link unread report");
  assert.equal(may({ deleted: true, deleted_by: 2 }), "unread");
  assert.equal(may({ author: { id: 1 }, deleted: true, deleted_by: 1 }), "restore unread");
  assert.equal(may({ author: { id: 1 }, deleted: true, deleted_by: 3 }), "unread");
  assert.equal(may({ deleted: true, deleted_by: 3 }, { role: "moderator" }), "restore unread");
  assert.equal(may({ deleted: true, deleted_by: 2 }, { role: "owner" }), "unread");
  assert.equal(may({ kind: "notice" }), "link unread");
  assert.equal(may({}, { role: null }), "link");
});

test("the last of mine that can be edited", () => {
  const mine = (seq, more) => ({ seq, kind: "text", author: { id: 1 }, ...more });
  const room = { role: "member", state: "open", writers: "everyone", editors: "everyone", messages: [mine(1), mine(2), mine(3, { deleted: true }), mine(4, { author: { id: 2 } })] };
  assert.equal(lastToEdit(room, { id: 1 }).seq, 2);
});

test("while a newer one is on its way the one before it is not edited in its place", () => {
  const room = { role: "member", state: "open", writers: "everyone", editors: "everyone", synced: true, seq: 1, messages: [{ seq: 1, kind: "text", author: { id: 1 }, client_id: "a" }] };
  const edited = (...unsent) => lastToEdit(room, { id: 1 }, unsent)?.seq ?? null;
  assert.equal(edited({ client_id: "b", state: "waiting" }), null);
  assert.equal(edited({ client_id: "b", state: "sent", seq: 2 }), null);        // acknowledged, and its event is not here
  assert.equal(edited({ client_id: "a", state: "sent", seq: 1 }), 1);
  assert.equal(edited({ client_id: "b", state: "failed" }), 1);
});
