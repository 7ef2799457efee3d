// A text that was rendered lately need not be again: a room one comes back to is there at once.

const KEPT = 600;

/** `render(text)` → DocumentFragment, remembered for the texts that were asked for last. */
export function remembering(render) {
  const known = new Map();
  return (text) => {
    const fragment = known.get(text) ?? render(text);
    known.delete(text);
    known.set(text, fragment);      // the last is the newest
    if (known.size > KEPT) known.delete(known.keys().next().value);
    return fragment.cloneNode(true);
  };
}
