// How long to wait before the next try: short at first, never longer than a quarter of a minute, and spread out, so
// that a thousand people do not all come back in the same instant.

const FIRST = 500;
const LONGEST = 15_000;
const MOST_SPREAD = 60_000;

/** Milliseconds before try number `tries + 1`. */
export function nextDelay(tries, random = Math.random) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Milliseconds to wait besides: a random moment within the spread that the server asked for. */
export function spreadDelay(spread, random = Math.random) {
  return Math.round(Math.min(Math.max(spread, 0) || 0, MOST_SPREAD) * random());
}
