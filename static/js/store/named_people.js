// Whom a message names, as the server read it: the ids of people, and one that stands for everyone. Pure.

const EVERYONE = 0;

export function namesEveryone({ mentions = [] }) { return mentions.includes(EVERYONE); }

export function names(message, id) {
  return namesEveryone(message) || Boolean(message.mentions?.includes(id));
}
