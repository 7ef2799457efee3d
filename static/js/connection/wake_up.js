// Notices that the machine slept, the network came back or the person did: moments in which what we know may be old.

const TICK = 1000;
const SLEPT = 5000;

/** Whether the time between two ticks was spent asleep. Pure; a hidden tab's clock is slowed by the browser. */
export function slept(elapsed, hidden) {
  return !hidden && elapsed > TICK + SLEPT;
}

/** Call `woke()` after each. */
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
