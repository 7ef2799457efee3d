// Colours fenced code whose language is named. The highlighter and each language are loaded when somebody shows such code.

const LONGEST = 12_000;
const NAMES = `bash sh shell zsh console;c h;cpp c++ cc hpp;csharp cs c#;css;diff patch;dockerfile docker;go golang;ini toml conf;java;
javascript js jsx mjs;json jsonc;kotlin kt;lua;makefile make;markdown md;php;python py;ruby rb;rust rs;sql;swift;typescript ts tsx;xml html svg;yaml yml`;
const LANGUAGES = new Map(NAMES.split(/;\s*/).flatMap((names) => names.split(" ").map((name) => [name, names.split(" ")[0]])));

export class Highlighter {
  #loaded = new Map();     // language → the promise of the highlighter that knows it

  /** `coloured(html)` makes markup safe; `load(part)` imports a part of the library. */
  constructor(coloured, load = loadPart) {
    Object.assign(this, { coloured, load });
  }

  /** Colour what this prose shows as code, a little later; its text, and so its size, stays the same. */
  async colour(prose) {
    for (const code of prose.querySelectorAll("pre > code[class]")) {
      const language = languageOf(code.className);
      if (language && code.textContent.length <= LONGEST) await this.#colour(code, language);
    }
  }

  async #colour(code, language) {
    try {
      const highlighter = await this.#knowing(language);
      code.replaceChildren(this.coloured(highlighter.highlight(code.textContent, { language, ignoreIllegals: true }).value));
    } catch { /* not to be had, as without a connection: code is read without colours as well */ }
  }

  #knowing(language) {
    if (!this.#loaded.has(language)) {
      const loading = this.#learn(language);
      loading.catch(() => this.#loaded.delete(language));
      this.#loaded.set(language, loading);
    }
    return this.#loaded.get(language);
  }

  async #learn(language) {
    const [core, grammar] = await Promise.all([this.load("core"), this.load(`languages/${language}`)]);
    core.default.registerLanguage(language, grammar.default);
    return core.default;
  }
}

/** "language-py" → "python"; null where we know none. Pure. */
export function languageOf(className) {
  return LANGUAGES.get(className.replace(/^language-/, "").toLowerCase()) ?? null;
}

function loadPart(part) {
  return import(`highlight.js/${part}.min.js`);
}
