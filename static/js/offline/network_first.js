// The server's answer if it comes in time, else what is stored.

const PATIENCE = 5000;
const NOBODY_THERE = new Set([502, 503, 504]);      // sent by a proxy whose server is down

/**
 * @param {() => Promise<Response>} ask
 * @param {() => Promise<Response | null>} fallback
 * @param {{patience?: number, isWorthIt?: () => Promise<boolean>, later?: Later}} [options] `patience`: milliseconds;
 *   `isWorthIt`: whether the fallback is better than an answer that is still to come
 */
export async function networkFirst(ask, fallback, options = {}) {
  const { patience = PATIENCE, isWorthIt = async () => true, later = (act, delay) => setTimeout(act, delay) } = options;
  const asked = ask().catch(() => null);
  const late = /** @type {Promise<null>} */ (new Promise((resolve) => {
    later(async () => { if (await isWorthIt()) resolve(null); }, patience);
  }));
  const answer = await Promise.race([asked, late]);
  if (answer && !NOBODY_THERE.has(answer.status)) return answer;
  return (await fallback()) ?? (await asked) ?? Response.error();
}
