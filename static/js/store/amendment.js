// A message as an amendment leaves it. An amendment tells the message's whole state: what is not in it is not there any
// more, but for a text that never changed. Pure.

/** A live amendment is the same for everyone: what I reacted with is what I had, and what it says that I just did. */
export function amendedLive(message, amendment, meId) {
  const mine = new Set(mineOf(message));
  const { by, reacted } = amendment;
  if (reacted && by === meId) mine[reacted.on ? "add" : "delete"](reacted.emoji);
  return amended(message, amendment, mine);
}

/** An amendment of a sync was made for me: it says which reactions are mine. */
export function amendedSince(message, amendment) {
  const told = amendment.deleted ? mineOf(message) : flagged(amendment.reactions);
  return amended(message, amendment, new Set(told));
}

function amended(message, { by, text, mentions, edited_at, deleted = false, reactions = [] }, mine) {
  return {
    ...message, edited_at, deleted, mine: [...mine],
    deleted_by: deleted ? by : undefined,
    text: deleted ? "" : text ?? message.text,
    mentions: deleted || text !== undefined ? mentions : message.mentions,
    reactions: deleted ? [] : reactions.map((reaction) => ({ ...reaction, mine: mine.has(reaction.emoji) })),
  };
}

// Kept apart from the reactions, which a deletion takes away and a restoration brings back.
function mineOf({ mine, reactions }) {
  return mine ?? flagged(reactions);
}

function flagged(reactions = []) {
  return reactions.filter(({ mine }) => mine).map(({ emoji }) => emoji);
}
