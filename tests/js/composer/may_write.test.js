// Whether the person can write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countCharacters, lengthWords, whyClosed } from "../../../static/js/composer/may_write.js";

test("a closed room says why to those it is closed for", () => {
  const locked = { state: "locked", writers: "moderators" };
  const words = (room) => whyClosed({ writers: "everyone", ...room })?.words ?? null;
  assert.equal(words({ role: "member", state: "open" }), null);
  assert.match(words({ role: null, state: "open" }), /not in this room/);
  assert.match(words({ role: "owner", state: "archived", writers: "nobody" }), /archived/);
  assert.match(words({ role: "member", state: "announcement", writers: "moderators" }), /Only moderators/);
  assert.equal(words({ role: "moderator", state: "announcement", writers: "moderators" }), null);
  assert.match(words({ role: "member", ...locked }), /locked/);
  assert.equal(words({ role: "moderator", ...locked }), null);
  assert.match(words({ role: "moderator", state: "open", sanction: { kind: "mute", until: null } }), /muted here permanently\. You can still read/);
  assert.equal(whyClosed({ role: "member", state: "open", writers: "everyone" }, { wait: 24 }).seconds, 24);
});

test("length is counted as the server does, and said near its end", () => {
  assert.equal(countCharacters("a😀b"), 3);
  assert.equal(countCharacters("\ud83d"), 1);
  assert.equal(lengthWords(10, 100), null);
  assert.equal(lengthWords(95, 100).words, "5 characters left");
  assert.equal(lengthWords(103, 100).over, true);
});
