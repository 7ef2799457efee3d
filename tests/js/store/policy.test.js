// What is offered to whom, as the server's table has it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mayInvite, mayModerate, moderates, owns, powersOver } from "../../../static/js/store/policy.js";

const ME = { id: 1 };
const room = (role, kind = "public") => ({ role, kind });
const target = (role) => ({ id: 2, role });
const offered = (where, whom, me = ME) => Object.entries(powersOver(where, me, whom)).filter(([, yes]) => yes).map(([name]) => name).join(" ");

test("who can invite is as the server has it, and nobody invites to an archived room", () => {
  for (const { kind, role, invites } of JSON.parse(readFileSync(new URL("../../rules/inviting.json", import.meta.url)))) {
    assert.equal(mayInvite({ kind, role, state: "open" }), invites, `${kind} ${role}`);
    assert.equal(mayInvite({ kind, role, state: "archived" }), false);
  }
});

test("nobody acts on an equal, on somebody above, or on themselves", () => {
  assert.equal(offered(room("moderator"), target("member")), "sanction remove purge");
  assert.equal(offered(room("owner"), target("moderator")), "sanction remove purge role handOver");
  assert.equal(offered(room("moderator"), target("moderator")), "");
  assert.equal(offered(room("moderator"), target("owner")), "");
  assert.equal(offered(room("member"), target("member")), "");
  assert.equal(offered(room("owner"), { id: 1, role: "member" }), "");
});

test("who has gone can still be kept out, and be given no role", () => {
  assert.equal(offered(room("owner"), target(undefined)), "sanction purge");
});

test("staff act anywhere, and on the whole site; in a direct room only on what was written", () => {
  const staff = { ...ME, staff: true };
  assert.equal(offered(room("member"), target("owner"), staff), "sanction remove purge onSite role handOver");
  assert.equal(offered(room("member", "direct"), target("member"), staff), "purge");
  assert.equal(offered(room("member", "direct"), target("member")), "");
  assert.equal(mayModerate(room("member"), ME, target("member")), false);
});

test("who looks after a room", () => {
  assert.deepEqual(["owner", "moderator", "member", null].map((role) => moderates(room(role), ME)), [true, true, false, false]);
  assert.deepEqual(["owner", "moderator"].map((role) => owns(room(role), ME)), [true, false]);
  assert.equal(moderates(room("member", "direct"), ME), false);
});
