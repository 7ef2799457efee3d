// What is left of a deleted message.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deletedWords } from "../../../../static/js/timeline/rows/tombstone.js";

test("a tombstone says who, where that is known", () => {
  const at = { me: { id: 1 }, nameOfPerson: () => "Inês", roleOfPerson: (id) => ({ 3: "moderator" })[id] };
  const words = (deleted_by) => deletedWords({ author: { id: 2 }, deleted_by }, at);
  assert.deepEqual([1, 2, 3, undefined].map(words), ["Deleted by you.", "Deleted by its author.", "Deleted by Inês, moderator.", "This message was deleted."]);
});
