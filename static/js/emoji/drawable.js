// Whether this device can draw an emoji: an empty box helps nobody.

const SIZE = 24;
const FONT = SIZE - 6;
const WIDEST = 1.9 * FONT;        // a wider one is not one picture but several beside each other
const MISSING = "\u{10FFFE}";     // no font draws this one
let pen = null;
let missing = null;

export function drawable(emoji) {
  pen ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!pen) return true;
  missing ??= picture(MISSING);
  return emoji.split("\u200d").every((part) => picture(part) !== missing) && pen.measureText(emoji).width <= WIDEST;
}

function picture(text) {
  pen.clearRect(0, 0, SIZE, SIZE);
  pen.font = `${FONT}px sans-serif`;
  pen.fillText(text, 0, FONT);
  return pen.getImageData(0, 0, SIZE, SIZE).data.join();
}
