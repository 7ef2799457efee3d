// What stands in for the library of this name: no name becomes a character.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeHTMLStrict } from "../../../static/js/markdown/entities.js";

test("a name of a character stays as it was typed", () => {
  for (const text of ["&amp;", "&nbsp;", "&semi;", "&nothing;"]) assert.equal(decodeHTMLStrict(text), text);
});
