// The language of the page: the server keeps the choice in a cookie and shows the same page in that language.

import { byId } from "../dom.js";

export function startLanguageChoice() {
  byId("language").addEventListener("change", ({ target }) => target.form.submit());
}
