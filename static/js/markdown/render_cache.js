// Keeps recently rendered texts, so that a room is shown at once when the person returns to it.

const KEPT = 600;

/** `render(text)` → DocumentFragment, cached for the most recent texts. */
export function remembering(render) {
  const known = new Map();
  return (text) => {
    const fragment = known.get(text) ?? render(text);
    known.delete(text);
    known.set(text, fragment);      // newest last
    if (known.size > KEPT) known.delete(known.keys().next().value);
    return fragment.cloneNode(true);
  };
}
