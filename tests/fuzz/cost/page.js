// Renders texts as the page does, with names dressed. In: a JSON array of texts; out: what costs over 20 times plain text of its size.

import { Buffer } from "node:buffer";
import process from "node:process";
import { text as readAll } from "node:stream/consumers";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";
import { isLong } from "../../../static/js/markdown/fold.js";
import { linkMentions } from "../../../static/js/markdown/mention_links.js";

const TIMES_PLAIN = 20;
const FREE_MS = 50;     // one message; the same bound as tests/js/markdown/hostile.test.js, for jsdom is slower than any browser
const TRIES = 3;
const PLAIN = "Grüße aus Köln, bis später! See you at nine in the lobby. Привет, как дела? 東京で会いましょう。 ";

globalThis.document = new JSDOM("").window.document;
const { render } = createMarkdown(markdownIt);
const nobody = { me: { id: 1 }, everyone: true, personBy: () => null, person: () => {} };

function show(text) {
  const box = document.createElement("div");
  isLong(text);
  box.append(render(text));
  linkMentions(box, nobody);
}

function cost(text, tries) {
  return Math.min(...Array.from({ length: tries }, () => {
    const before = process.cpuUsage();
    show(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }));
}

const found = [];
show(PLAIN.repeat(60));
for (const text of JSON.parse(await readAll(process.stdin))) {
  if (cost(text, 1) <= FREE_MS) continue;
  const plain = PLAIN.repeat(Math.ceil(Buffer.byteLength(text) / Buffer.byteLength(PLAIN)));
  const [dear, usual] = [cost(text, TRIES), cost(plain, TRIES)];
  if (dear > Math.max(FREE_MS, TIMES_PLAIN * usual)) found.push(`page: ${dear} ms, plain text ${usual} ms: ${text.length} x ${JSON.stringify(text.slice(0, 60))}`);
}
process.stdout.write(JSON.stringify(found));
