// What names me, on every page of the chat: the count at the side, and the list behind it.

import { dialogOnDemand } from "../on_demand.js";
import { followMentions } from "./mentions_link.js";

export function startMentions({ me, rooms }) {
  const dialog = dialogOnDemand(async () => new (await import("./mentions_dialog.js")).MentionsDialog({ me, rooms }));
  followMentions(rooms, () => dialog.open());
}
