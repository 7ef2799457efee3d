// Code in colours: nothing of it is lost, and no text is dear.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { colour, pieces } from "../../../../static/js/markdown/code/highlighter.js";
import { languageOf } from "../../../../static/js/markdown/code/languages.js";

const of = (kind, text, language) => pieces(text, language).filter(([each]) => each === kind).map(([, piece]) => piece);

test("a language is known by any of its names, and by no other word", () => {
  assert.equal(languageOf("language-PY"), "python");
  assert.equal(languageOf("language-constructor"), null);
});

test("words, texts, numbers and comments are told apart", () => {
  const code = 'def greet(name):  # says "if"\n    return f"hi {name}", 42, None\n';
  assert.deepEqual(of("word", code, "python"), ["def", "return"]);
  assert.deepEqual(of("name", code, "python"), ["greet"]);
  assert.deepEqual(of("comment", code, "python"), ['# says "if"']);
  assert.deepEqual(of("text", code, "python"), ['"hi {name}"']);
  assert.deepEqual(of("value", code, "python"), ["42", "None"]);
  assert.deepEqual(of("word", "SELECT a FROM b", "sql"), ["SELECT", "FROM"]);
  assert.deepEqual(of("name", '{"a": "b"}', "json"), ['"a"']);
  assert.deepEqual(of("text", "-a\n+b\n c", "diff"), ["+b"]);
  assert.deepEqual(of("word", '<a href="x">', "xml"), ["<a", ">"]);
});

test("the text stays what it was, and is only ever text", () => {
  const { window } = new JSDOM('<pre><code class="language-js"></code></pre>');
  globalThis.document = window.document;
  const code = window.document.querySelector("code");
  const text = 'const a = "<img src=x onerror=x()>"; // </code>';
  code.textContent = text;
  colour(window.document);
  assert.equal(code.textContent, text);
  assert.equal(code.querySelector("img"), null);
  assert.equal(code.querySelector(".code-word").textContent, "const");
});

test("no text costs more than its length, in any language", () => {
  const hostile = ["/*", '"', "'", "`", "a", "a ", "a\n", "<", "<!--", "--[[", '"""', "#", "`a", "\\", "1.", "+", "- ", "$@"];
  const names = "bash c cpp csharp css diff dockerfile go ini java javascript json kotlin lua makefile markdown php python ruby rust sql swift typescript xml yaml";
  for (const language of names.split(" ")) {
    for (const part of hostile) {
      const text = part.repeat(12_000 / part.length);
      const began = process.cpuUsage(); // and not by the clock: a busy machine lets others go first
      assert.equal(pieces(text, language).map(([, piece]) => piece).join(""), text);
      assert.ok(process.cpuUsage(began).user < 500_000, `${language}: ${part}`);
    }
  }
});
