// What stands in for mdurl and punycode.js: used as markdown-it uses them.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as mdurl from "mdurl";
import punycode from "punycode.js";
import names, * as addresses from "../../../../static/js/markdown/stand_ins/addresses.js";

/** The address of a link, in the way of markdown-it's `normalizeLink`. */
function written(address, { parse, encode, format }, { toASCII }) {
  const parsed = parse(address, true);
  if (parsed.hostname) parsed.hostname = toASCII(parsed.hostname);
  for (const part of ["auth", "hostname", "pathname", "search", "hash"]) if (parsed[part]) parsed[part] = encode(parsed[part]);
  return format(parsed);
}

/** Its words, in the way of `normalizeLinkText`. */
function shown(address, { parse, decode, format }, { toUnicode }) {
  const parsed = parse(address, true);
  if (parsed.hostname) parsed.hostname = toUnicode(parsed.hostname);
  return decode(format(parsed), `${decode.defaultChars}%`);
}

const ours = (way, address) => way(address, addresses, names);
const theirs = (way, address) => way(address, mdurl, punycode);

test("addresses are written and shown as by the libraries", () => {
  for (const address of [
    "https://example.org", "HTTP://Example.ORG/A?b=1&c='d'#e;f", "//example.org/é", "http://alice:secret@example.org:8000/", "http://a@b@example.org/",
    "mailto:alice@example.org", "mailto:alice@bücher.example?subject=a b", "http://пример.рф:81/путь?где=тут#там", "http://[::1]:80/x",
    "https://example.org/%C3%A9%2F%25%20 \"<>`{}|\\^", "https://example.org/100%", "https://example.org/\ud800😀", "/rooms/sea/", "javascript:alert(1)", "",
  ]) {
    assert.equal(ours(written, address), theirs(written, address), address);
    assert.equal(ours(shown, address), theirs(shown, address), address);
  }
});

test("brackets need no escape, which browsers take as they are", () => {
  assert.equal(ours(written, "https://example.org/a[1]?b[]=%5B"), "https://example.org/a[1]?b[]=%5B");
});

test("a name in its technical form is not shown as what it may imitate", () => {
  assert.equal(ours(shown, "https://xn--e1afmkfd.example/"), "https://xn--e1afmkfd.example/");
});

test("an escape that means nothing is shown as it was typed", () => {
  assert.equal(ours(shown, "https://example.org/%E0%C3"), "https://example.org/%E0%C3");
});
