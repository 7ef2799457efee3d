// The line under an unsent message of mine: what it waits for, and what can be done.

import { el, icon } from "../../core/dom.js";
import { gettext } from "../../core/translate.js";

/** `state` from entryState; `actions`: {retry(id), change(id), discard(id)} */
export function stateLine(id, clientId, state, { retry, change, discard }) {
  const failed = state.kind === "failed";
  return el("p.message__state", { id: `${id}-s`, className: `message__state${failed ? " message__state--failed" : ""}` },
    stateIcon(state.icon),
    el("span", {}, failed ? [el("b", {}, `${gettext("Not sent:")} `), state.words] : state.words),
    (state.retry || state.discard) && el("span.message__ways", {},
      state.retry && el("button.link", { type: "button", "data-key": "retry", onclick: () => retry(clientId) }, gettext("Retry")),
      state.change && el("button.link", { type: "button", "data-key": "change", onclick: () => change(clientId) }, gettext("Change")),
      state.discard && el("button.link.link--danger", { type: "button", "data-key": "discard", onclick: () => discard(clientId) }, gettext("Discard"))));
}

function stateIcon(name) {
  const mark = icon(name, true);
  if (name === "turn") mark.classList.add("spin");
  return mark;
}
