// A long press on a message opens its menu on touch screens, as does what a screen reader for touch sends instead.

const HOLD = 450;
const STILL = 10;     // pixels that a resting finger may move

/** Call `pressed(target)` for each, and prevent the browser's own reaction. */
export function followLongPress(node, pressed) {
  let timer = null;
  let from = null;
  let held = false;
  const stop = () => { clearTimeout(timer); timer = null; };
  const press = (target) => { stop(); held = true; pressed(target); };
  document.addEventListener("pointerdown", (event) => {
    stop();
    held = false;
    if (event.pointerType !== "touch" || !event.isPrimary || !node.contains(event.target)) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => press(event.target), HOLD);
  });
  document.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (from && Math.hypot(clientX - from.x, clientY - from.y) > STILL) stop();
  }, { passive: true });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, stop);
  node.addEventListener("contextmenu", (event) => {
    if (event.pointerType !== "touch") return;
    event.preventDefault();
    if (timer) press(event.target);              // the browser's hold was shorter
    else if (!held) pressed(event.target);       // no finger is down: a screen reader asks
  });
  // The finger that lifts must neither press nor focus what has appeared under it.
  document.addEventListener("touchend", (event) => { if (held && event.cancelable) event.preventDefault(); }, { passive: false });
  document.addEventListener("click", (event) => {
    if (!held) return;
    held = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
