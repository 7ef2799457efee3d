// While somebody types their name, a handle made of it stands in the handle's box, until they type one themselves.

const MOST = 30;
// Letters that are not a plain one with a mark above or below.
const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };

/** `name`: the box for the name; its data-names lists the names that the box for the handle can have. @param {HTMLInputElement} name */
export function suggestHandle(name) {
  const box = /** @type {HTMLInputElement | undefined} */ (name.dataset.names.split(" ").map((each) => name.form.elements.namedItem(each)).find(Boolean));
  if (!box) return;
  let suggested = box.value === handleOf(name.value) ? box.value : "";
  name.addEventListener("input", () => {
    if (box.value !== suggested) return;
    suggested = box.value = handleOf(name.value);
    box.dispatchEvent(new Event("input"));     // it is checked as if it was typed
  });
}

/** "Zoë Müller-Lüdenscheidt" → "zoe.muller-ludenscheidt"; "" where nothing of the name can be in a handle. Pure. */
export function handleOf(name) {
  const letters = name.toLowerCase().replace(/[ßæœøđðþłı]/g, (letter) => SPELT[letter]).normalize("NFKD").replace(/\p{M}/gu, "");
  const words = letters.replace(/[^a-z0-9._-]+/g, ".").replace(/[._-]*\.[._-]*/g, ".");
  return words.replace(/^[._-]+/, "").slice(0, MOST).replace(/[._-]+$/, "");
}
