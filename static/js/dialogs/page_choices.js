// The choices of theme and language.

import { byId } from "../core/dom.js";

/** Light, dark, or the system's; theme.js applies it before the next page is painted. */
export function startThemeChoice() {
  const root = document.documentElement;
  const chosen = root.dataset.theme ?? "system";
  for (const choice of byId("theme").querySelectorAll("input")) choice.checked = choice.value === chosen;
  byId("theme").addEventListener("change", ({ target: { value } }) => {
    if (value === "system") delete root.dataset.theme;
    else root.dataset.theme = value;
    try { localStorage.setItem("theme", value); } catch { /* then it is lost with this page */ }
  });
}

/**
 * The server stores the choice in a cookie and shows the same page in that language: at the press of a button, which comes with a
 * choice, for keys pass through every language on their way to one.
 */
export function startLanguageChoice() {
  const [select, use] = [byId("language"), byId("language-use")];
  const now = select.value;
  select.addEventListener("change", () => { use.hidden = select.value === now; });
}
