// The delay before the next attempt to connect: short at first, at most 15 seconds, and random, so that a thousand clients do
// not reconnect at the same moment.

const FIRST = 500;
const LONGEST = 15_000;
const MOST_SPREAD = 60_000;

/** Milliseconds before attempt number `tries + 1`. @param {number} tries */
export function nextDelay(tries, random = Math.random) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Additional milliseconds: random within the spread that the server asked for. @param {number} spread */
export function spreadDelay(spread, random = Math.random) {
  return Math.round(Math.min(Math.max(spread, 0) || 0, MOST_SPREAD) * random());
}
