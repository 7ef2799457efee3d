// Fetches the messages of a span of days, however old, from the newest backwards.

export const MOST = 5000;      // messages; more are no page that somebody reads
const PAGE = 100;
const TRIES = 5;

/**
 * {messages, cut}: those with `from` <= sent_at < `to`, in order; `cut`: there are more. Throws a Refusal.
 * `ask(payload)` is the request "history"; `told(count)` is called after each page.
 */
export async function messagesBetween(room, { from, to }, { ask, told = (/** @type {number} */ _) => {}, wait = pause, now = Date.now() }) {
  const page = (where) => patiently(() => ask({ room: room.id, ...where }), wait);
  let before = to > now ? room.seq + 1 : await firstFrom(room, to, page);
  const pages = [];
  let count = 0;
  let first = false;
  while (!first && count < MOST) {
    const answer = await page({ before, limit: PAGE });
    const { messages } = answer;
    if (!messages.length) break;
    pages.unshift(messages.filter(({ sent_at }) => sent_at >= from && sent_at < to));
    count += pages[0].length;
    told(count);
    before = messages[0].seq;
    first = answer.first || messages[0].sent_at < from;
  }
  const all = pages.flat();
  return { messages: all.slice(-MOST), cut: all.length > MOST || !first && all.length === MOST };
}

/** The number of the first message that was sent at `time` or later, found by halves. */
async function firstFrom(room, time, page) {
  let [low, high] = [1, room.seq + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { messages: [message] } = await page({ before: middle + 1, limit: 1 });
    if (message && message.sent_at >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Waits as long as the server asks to, instead of failing. */
async function patiently(act, wait) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (error.code !== "rate_limited" || tries === TRIES) throw error;
      await wait((error.retry_in ?? 1) * 1000);
    }
  }
}

function pause(delay) {
  return new Promise((resolve) => { setTimeout(resolve, delay); });
}

/** From the beginning of one day to the end of another, "2026-11-23", by the reader's clock. */
export function spanOf(fromDay, toDay) {
  const [first, last] = fromDay <= toDay ? [fromDay, toDay] : [toDay, fromDay];
  const end = new Date(`${last}T00:00`);
  end.setDate(end.getDate() + 1);      // a day may have 23 or 25 hours
  return { from: new Date(`${first}T00:00`).getTime(), to: end.getTime() };
}
