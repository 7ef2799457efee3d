// Applies an amendment to a message. An amendment is the whole state of the message: a field that is missing is empty, except
// for a text that never changed. Pure.

/**
 * A live amendment is the same for everyone: my reactions are the ones I had, changed by `reacted` if that is mine.
 * @param {Message} message
 * @param {Amendment} amendment
 * @param {number} meId
 */
export function amendedLive(message, amendment, meId) {
  const mine = new Set(mineOf(message));
  const { by, reacted } = amendment;
  if (reacted && by === meId) mine[reacted.on ? "add" : "delete"](reacted.emoji);
  return amended(message, amendment, mine);
}

/**
 * An amendment of a sync is made for this client: it says which reactions are mine.
 * @param {Message} message
 * @param {Amendment} amendment
 */
export function amendedSince(message, amendment) {
  const told = amendment.deleted ? mineOf(message) : flagged(amendment.reactions);
  return amended(message, amendment, new Set(told));
}

/** @param {Message} message @param {Amendment} amendment @param {Set<string>} mine @returns {Message} */
function amended(message, { by, text, mentions, edited_at, deleted = false, reactions = [] }, mine) {
  return {
    ...message, edited_at, deleted, mine: [...mine],
    deleted_by: deleted ? by : undefined,
    text: deleted ? "" : text ?? message.text,
    mentions: deleted || text !== undefined ? mentions : message.mentions,
    reactions: deleted ? [] : reactions.map((reaction) => ({ ...reaction, mine: mine.has(reaction.emoji) })),
  };
}

// Kept apart from the reactions, which a deletion removes and a restoration returns.
/** @param {Message} message */
function mineOf({ mine, reactions }) {
  return mine ?? flagged(reactions);
}

/** @param {Reaction[]} [reactions] */
function flagged(reactions = []) {
  return reactions.filter(({ mine }) => mine).map(({ emoji }) => emoji);
}
