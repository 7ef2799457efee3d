// What names me, on every page of the chat: the count at the side, and the list behind it.

import { MentionsDialog } from "./mentions_dialog.js";
import { followMentions } from "./mentions_link.js";

export function startMentions({ me, rooms }) {
  const dialog = new MentionsDialog({ me, rooms });
  followMentions(rooms, () => dialog.open());
}
