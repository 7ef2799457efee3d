// A button on each code block that copies it.

import { toast } from "../../core/toast.js";
import { el, icon } from "../../core/dom.js";
import { gettext } from "../../core/translate.js";

/** Add the button to every block in `prose`; beside the code, which scrolls below it. */
export function offerCopies(prose) {
  for (const code of prose.querySelectorAll("pre > code")) {
    const box = el("div.code");
    code.parentNode.replaceWith(box);
    box.append(code.parentNode, button(code));
  }
}

function button(code) {
  const words = gettext("Copy code");
  return el("button.code-copy", { type: "button", "aria-label": words, onclick: () => copy(code.textContent.replace(/\n$/, "")) }, icon("file", true));
}

async function copy(text) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  toast(copied ? gettext("Code copied") : gettext("Your browser does not allow copying. Select the code instead."));
}
