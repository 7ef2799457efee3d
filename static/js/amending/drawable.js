// Whether this device has a picture for an emoji: an empty box is worth nothing to anyone.

const SIZE = 24;
const MISSING = "\u{10FFFE}";     // no font has this one

export function drawable(emoji, canvas = document.createElement("canvas")) {
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return true;
  return picture(pen, emoji) !== picture(pen, MISSING);
}

function picture(pen, text) {
  pen.clearRect(0, 0, SIZE, SIZE);
  pen.font = `${SIZE - 6}px sans-serif`;
  pen.fillText(text, 0, SIZE - 6);
  return pen.getImageData(0, 0, SIZE, SIZE).data.join();
}
