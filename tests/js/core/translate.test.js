import assert from "node:assert/strict";
import { test } from "node:test";

// A module says its texts once, when it is read: each story reads translate.js again, with another page around it.
async function translate({ catalog, lang, languages = [] } = {}) {
  globalThis.django = catalog;
  globalThis.document = lang && { documentElement: { lang } };
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
  const module = await import(`../../../static/js/core/translate.js?${Math.random()}`);
  delete globalThis.django;
  delete globalThis.document;
  return module;
}

test("without a catalog every text stays as it is written", async () => {
  const { gettext, pgettext, ngettext, locale } = await translate();
  assert.equal(gettext("Send"), "Send");
  assert.equal(pgettext("verb", "Mute"), "Mute");
  assert.deepEqual([0, 1, 2].map((count) => ngettext("one", "many", count)), ["many", "one", "many"]);
  assert.equal(locale, undefined);
});

test("with one, what it says is said, and its plural forms are asked", async () => {
  const catalog = {
    gettext: (text) => ({ Send: "Senden" })[text] ?? text, pgettext: (context, text) => `${context} ${text}`,
    ngettext: (one, many, count) => [`${one}!`, `${many}!`][count > 1 ? 1 : 0],
  };
  const { gettext, pgettext, ngettext } = await translate({ catalog });
  assert.equal(gettext("Send"), "Senden");
  assert.equal(gettext("Unheard of"), "Unheard of");
  assert.equal(pgettext("verb", "Mute"), "verb Mute");
  assert.equal(ngettext("one", "many", 0), "one!");
});

test("values go where the text wants them, once, whatever they hold", async () => {
  const { interpolate } = await translate();
  assert.equal(interpolate("%(who)s in %(where)s", { who: "%(where)s", where: "$&" }), "%(where)s in $&");
  assert.equal(interpolate("100 %, %(toString)s and %(missing)s", {}), "100 %, %(toString)s and %(missing)s");
});

test("times and lists follow the page's language, in the way of the reader's own country", async () => {
  assert.equal((await translate({ lang: "en", languages: ["de-CH", "en-GB", "en-US"] })).locale, "en-GB");
  assert.equal((await translate({ lang: "de", languages: ["en-US"] })).locale, "de");
});
