// Detects that the machine slept, the network returned or the person did: moments in which the local state may be old.

const TICK = 1000;
const SLEPT = 5000;

/**
 * Whether the machine slept between two ticks. Pure; the browser slows the timers of hidden tabs.
 * @param {number} elapsed
 * @param {boolean} hidden
 */
export function slept(elapsed, hidden) {
  return !hidden && elapsed > TICK + SLEPT;
}

/** Call `woke()` after each. @param {() => void} woke */
export function followWakeUps(woke, now = Date.now) {
  let last = now();
  setInterval(() => {
    const elapsed = now() - last;
    last = now();
    if (slept(elapsed, document.hidden)) woke();
  }, TICK);
  addEventListener("online", () => woke());
  addEventListener("pageshow", ({ persisted }) => { if (persisted) woke(); });
  document.addEventListener("visibilitychange", () => {
    last = now();
    if (!document.hidden) woke();
  });
}
