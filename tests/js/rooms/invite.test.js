// Whom and where one invites.

import assert from "node:assert/strict";
import { test } from "node:test";

import { invitableRoom } from "../../../static/js/rooms/invite.js";
import { addressesIn } from "../../../static/js/rooms/invite_dialog.js";

const room = (facts) => ({ kind: "public", role: "member", state: "open", ...facts });

test("one invites to the room that is shown", () => {
  const shown = room({ id: 2 });
  assert.equal(invitableRoom(shown, [room({ id: 1 }), shown]).id, 2);
});

test("or else to the first one where one can", () => {
  const closed = [
    room({ id: 1, kind: "direct" }), room({ id: 2, kind: "private" }), room({ id: 3, state: "archived" }), room({ id: 4, role: null }),
  ];
  for (const shown of [null, ...closed]) assert.equal(invitableRoom(shown, [...closed, room({ id: 5, kind: "private", role: "owner" })]).id, 5);
  assert.equal(invitableRoom(closed[0], closed), null);
});

test("addresses are taken out of what was pasted", () => {
  const pasted = 'Bob Bell <bob@example.org>, carol@example.org;\n dora@example.org "Erin" nobody';
  assert.deepEqual(addressesIn(pasted), ["bob@example.org", "carol@example.org", "dora@example.org"]);
  assert.deepEqual(addressesIn(" , \n"), []);
});
