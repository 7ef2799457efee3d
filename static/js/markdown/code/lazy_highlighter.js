// Colours code as soon as the highlighter has loaded; the code keeps its width and height.

import { lazy } from "../../core/lazy.js";

const highlighter = lazy(() => import("./highlighter.js"));

/** `prose`: the element of a message; without the highlighter its code stays plain. */
export function colour(prose) {
  if (prose.querySelector("pre > code[class]")) highlighter().then((found) => found.colour(prose), () => {});
}
