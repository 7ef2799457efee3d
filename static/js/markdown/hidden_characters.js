// Invisible characters that change what is read: they reorder letters (Trojan Source, CVE-2021-42574) or hide a text. Where no
// script needs them they are shown by number. A string becomes a string: no text gets more nodes by this.

// Prose: an override reorders letters of any script; tags spell a hidden text, unless they say which region a flag is of.
const IN_PROSE = /(\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{2,6}\u{e007f})|[\u202d\u202e\u{e0000}-\u{e007f}]/gu;
// Code: nothing of the kind has a meaning in it.
const IN_CODE = /()[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** "a\u202eb" → "a[U+202E]b". Isolates, embeddings and marks stay: right-to-left scripts need them, and a paragraph ends them. */
export function visibleProse(text) {
  return text.replace(IN_PROSE, shown);
}

/** The same for code, where every invisible character is shown. */
export function visibleCode(text) {
  return text.replace(IN_CODE, shown);
}

function shown(character, meant) {
  return meant || `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
