// The people that a message mentions, as the server parsed it: ids, and one that means everyone. Pure.

const EVERYONE = 0;

/** @param {{mentions?: number[]}} facts */
export function mentionsEveryone({ mentions = [] }) { return mentions.includes(EVERYONE); }

/** @param {{mentions?: number[]}} message @param {number} id */
export function names(message, id) {
  return mentionsEveryone(message) || Boolean(message.mentions?.includes(id));
}
