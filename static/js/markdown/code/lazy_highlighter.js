// Colours code as soon as what knows its languages is here: code stays as wide and as high as it was.

import { lazy } from "../../core/lazy.js";

const highlighter = lazy(() => import("./highlighter.js"));

/** `prose`: what shows a message; without the highlighter its code is plain. */
export function colour(prose) {
  if (prose.querySelector("pre > code[class]")) highlighter().then((found) => found.colour(prose), () => {});
}
