// The one path from people's text to the page, against what people try.
import assert from "node:assert/strict";
import { test } from "node:test";
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../static/js/markdown.js";

const { window } = new JSDOM("");
const render = createMarkdown(markdownIt, createDOMPurify(window));

function html(text) {
  const box = window.document.createElement("div");
  box.append(render(text));
  return box;
}

const ALLOWED = new Set(["P", "BR", "STRONG", "EM", "S", "CODE", "PRE", "BLOCKQUOTE", "UL", "OL", "LI", "A"]);
const ATTRIBUTES = new Set(["href", "rel", "target", "dir", "start"]);

const HOSTILE = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>",
  "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](java\tscript:alert(1))",
  "[x](vbscript:msgbox)", "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "[x](file:///etc/passwd)", "[x](//evil.example)",
  "[x](/accounts/logout/)", "![x](https://evil.example/pixel.png)", "![x](javascript:alert(1))", "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]", "<iframe src=//evil.example></iframe>", "<style>*{display:none}</style>", "<math><mtext><img src=x onerror=alert(1)>",
  "`<img src=x onerror=alert(1)>`", "```\n</code></pre><script>alert(1)</script>\n```", "```\"onmouseover=alert(1)\nx\n```",
  "<form action=//evil.example><input></form>", "<details open ontoggle=alert(1)>", "<p style='position:fixed;inset:0'>x", "<p id=composer class=composer>x",
  "[x](https://ok.example \"onclick=alert(1)\")", "https://ok.example/\"onmouseover=\"alert(1)", "| a | b |\n|---|---|\n| 1 | 2 |", "# heading", "x\n===",
  "\u202egnp.exe\u2066", "\ud83d broken \udc00", "a\u0000b", `Z${"\u0301".repeat(10_000)}`, "*".repeat(100_000), "[".repeat(20_000), ">".repeat(5_000),
  "`".repeat(50_000), "_a".repeat(20_000), "- ".repeat(5_000), "(".repeat(20_000), "http://a.".repeat(2_000), "&lt;script&gt;", "<a name=x>", "<x-y onclick=alert(1)>",
];

// The processor's time, since other tests run beside this one.
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

test("hostile text renders inert, and within half a second even in jsdom", () => {
  for (const text of HOSTILE) {
    const start = spent();
    const box = html(text);
    const took = spent() - start;
    const label = JSON.stringify(text.slice(0, 60));
    for (const node of box.querySelectorAll("*")) {
      assert.ok(ALLOWED.has(node.nodeName), `${label}: ${node.nodeName}`);
      for (const { name } of node.attributes) assert.ok(ATTRIBUTES.has(name), `${label}: ${name}`);
      if (node.href) assert.match(node.getAttribute("href"), /^(?:https?|mailto):/, label);
    }
    assert.ok(took < 500, `${label} took ${took} ms`);
  }
});

test("what is written is what is read", () => {
  assert.equal(html("a **b** *c* ~~d~~ `e`").innerHTML.replaceAll("\n", ""), '<p dir="auto">a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code></p>');
  assert.equal(html("one\ntwo").querySelectorAll("br").length, 1);
  assert.equal(html("- a\n- b").querySelectorAll("li").length, 2);
  assert.equal(html("> quoted").querySelectorAll("blockquote p").length, 1);
  assert.equal(html("```\nif (a < b) {}\n```").querySelector("pre code").textContent, "if (a < b) {}\n");
  assert.equal(html("<b>not bold</b>").textContent.trim(), "<b>not bold</b>");
});

test("a text of nothing but links stays text, and so does one beyond any measure", () => {
  assert.equal(html("a.de/1 ".repeat(150)).querySelectorAll("a").length, 150);
  assert.equal(html("a.de/1 ".repeat(250)).querySelectorAll("a").length, 0);
  const long = `**${"<b>".repeat(20_000)}**`;
  assert.equal(html(long).textContent, long);
  assert.equal(html(long).children.length, 1);
});

test("links are found and made safe", () => {
  const link = html("see example.org/a?b=1 now").querySelector("a");
  assert.equal(link.getAttribute("href"), "http://example.org/a?b=1");
  assert.equal(link.rel, "noopener noreferrer nofollow");
  assert.equal(link.target, "_blank");
  assert.equal(html("[runbook](https://example.org)").querySelector("a").textContent, "runbook");
});
