// What helps with writing: people, emoji and marks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import names from "markdown-it-emoji/lib/data/full.mjs";
import { EmojiNames } from "../../../static/js/emoji/names.js";
import { emojiSource, replaceFinishedName } from "../../../static/js/composer/completion/emoji_source.js";
import { formatted } from "../../../static/js/markdown/marks.js";
import { findPeople, peopleSource } from "../../../static/js/composer/completion/people_source.js";

const PEOPLE = [
  { id: 1, handle: "mei", name: "Mei Tanaka" }, { id: 2, handle: "sunil", name: "Sunil Marwaha" },
  { id: 3, handle: "ines", name: "Inês Okafor" }, { id: 4, handle: "zoe.m", name: "Zoë" },
];

const loaded = async () => {
  const emoji = new EmojiNames(async () => names);
  await emoji.ready();
  return emoji;
};

const { window } = new JSDOM("<textarea></textarea>");
Object.assign(globalThis, { document: window.document, Event: window.Event });

function boxWith(text) {
  const box = document.querySelector("textarea");
  box.value = text;
  return box;
}

test("people are found by the beginnings of their names and handles, who is here first", () => {
  const found = (query) => findPeople(PEOPLE, query, (id) => ({ 2: "active", 4: "away" })[id]).map(({ handle }) => handle);
  assert.deepEqual(found("m"), ["sunil", "mei"]);
  assert.deepEqual(found("INES"), ["ines"]);
  assert.deepEqual(found("zoe"), ["zoe.m"]);
  assert.deepEqual(found("mei t"), ["mei"]);
  assert.deepEqual(found("x"), []);
});

test("people are offered after an @ that begins a word", () => {
  const { pattern } = peopleSource({ me: PEOPLE[0], room: () => null, membersOf: () => [] });
  const asked = (text) => pattern.exec(text)?.[1] ?? null;
  assert.deepEqual(["@", "ask @me", "(@m", "_@m", "你好@m", "＠m", "-@m", "é@m"].map(asked), ["", "me", "m", "m", "m", "m", "m", "m"]);
  assert.deepEqual(["a@b", "@a b", "x/@a", "\\@a", "a_@b"].map(asked), [null, null, null, null, null]);
});

test("emoji are found by their names, whole ones first", async () => {
  const emoji = await loaded();
  const found = (words) => emoji.find(words, 3).map((each) => each.emoji);
  assert.equal(found("party")[0], "🎉");
  assert.equal(found("heart")[0], "❤️");
  assert.deepEqual(found("thumbs"), ["👍", "👎"]);
  assert.equal(found("no such emoji").length, 0);
  assert.deepEqual(emoji.groups.map(([title]) => title), ["Smileys", "People", "Nature", "Food", "Places", "Activities", "Objects", "Signs", "Flags"]);
  assert.ok(emoji.groups.every(([, entries]) => entries.length > 50));
});

test("emoji are offered after a colon and two letters that are no time and no address", async () => {
  const { pattern } = emojiSource(await loaded());
  const asked = (text) => pattern.exec(text)?.[1] ?? null;
  assert.deepEqual([":ta", "so :+1", "(:tada"].map(asked), ["ta", "+1", "tada"]);
  assert.deepEqual([":t", "14:30", "https://a", "::ta", "a:ta"].map(asked), [null, null, null, null, null]);
});

test("a name between colons becomes its emoji, but in code", async () => {
  const emoji = await loaded();
  const written = (text) => { const box = boxWith(text); replaceFinishedName(box, emoji); return box.value; };
  assert.equal(written("hurray :tada:"), "hurray 🎉");
  assert.equal(written(":party:"), "🎉");
  for (const text of [":nothing:", "a:tada:", "`:tada:", "12:30:", "::", "```\n:tada:"]) assert.equal(written(text), text);
});

test("a name that was finished before the names were loaded becomes its emoji then", async () => {
  const emoji = new EmojiNames(async () => names);
  const box = boxWith("hurray :tada:");
  replaceFinishedName(box, emoji);
  assert.equal(box.value, "hurray :tada:");
  await emoji.ready();
  await Promise.resolve();
  assert.equal(box.value, "hurray 🎉");
});

test("names that are not to be had are asked for again", async () => {
  let tries = 0;
  const emoji = new EmojiNames(async () => { tries += 1; if (tries === 1) throw new Error("no network"); return names; });
  assert.deepEqual([await emoji.ready(), emoji.named("tada")], [false, null]);
  assert.deepEqual([await emoji.ready(), emoji.named("tada")], [true, "🎉"]);
});

test("marks are put around what is selected, and before its lines", () => {
  const act = (text, kind) => {
    const [before, chosen, after] = text.split("|");
    const { text: now, start, end } = formatted(before + chosen + after, before.length, (before + chosen).length, kind);
    return `${now.slice(0, start)}|${now.slice(start, end)}|${now.slice(end)}`;
  };
  assert.equal(act("so |it| is", "bold"), "so **|it|** is");
  assert.equal(act("so ||", "italic"), "so *||*");
  assert.equal(act("see |this|", "block"), "see \n```\n|this|\n```");
  assert.equal(act("see |this|", "link"), "see [this](|https://|)");
  assert.equal(act("a\n|b\nc|", "quote"), "a\n|> b\n> c|");
  assert.equal(act("||", "list"), "- ||");
});
