// The current sanction of another person as a label for moderators. My own is shown by the banner and the composer.

import { moderates } from "../../store/policy.js";
import { sanctionWords } from "./sanction_texts.js";

/** "Muted until 14:30", or null. */
export function sanctionLabel(page, room, id) { return sanctionMark(page, room, id)?.words ?? null; }

/** {kind, words}, or null. */
export function sanctionMark({ me, moderation: { sanctions } }, room, id) {
  const sanction = id !== me.id && moderates(room, me) ? sanctions.of(room, id) : null;
  return sanction && { kind: sanction.kind, words: sanctionWords(sanction, Date.now()) };
}
