// Connects the actions on messages: the bar, the menu, the picker, the keys and editing in the composer.

import { lazyDialog } from "../core/lazy.js";
import { followFocus } from "../timeline/roving_tabindex.js";
import { ActionsBar } from "./actions_bar.js";
import { lastToEdit } from "./allowed.js";
import { followKeys } from "./message_keys.js";
import { followLongPress } from "./long_press.js";

/** @param {RoomPage} page */
export function startMessageActions({ keyboard, messageActions, timeline, scrollTo, composer, me, router }) {
  const menu = lazyDialog(async () => new (await import("./message_menu.js")).MessageMenu(messageActions));
  const bar = new ActionsBar(timeline.list, {
    of: messageActions.of, toggle: messageActions.toggle, pickReaction: messageActions.pickReaction, reply: messageActions.reply, edit: messageActions.edit,
    more: (message, anchor) => menu.open(message, anchor),
  });
  timeline.on("rendered", () => bar.refresh());
  followLongPress(timeline.list, (target) => {
    const row = target.closest("li[data-seq]");
    const found = row && messageActions.of(row);
    if (found) menu.open(found.message, row, { sheet: true });
  });
  followFocus(timeline.list);
  followKeys(keyboard, timeline, {
    ...pick(messageActions, ["of", "reply", "edit", "pickReaction", "copyLink"]), flag: (message) => messageActions.flag(message),
    back: () => composer.focus(), toUnread: () => scrollTo.toUnread(), toLatest: () => scrollTo.toLatest(),
  });
  composer.on("edit", async ({ message, text }) => { if (await messageActions.save(message, text)) composer.finish(message); });
  composer.on("delete", (message) => messageActions.remove(message));
  composer.on("edit last", () => {
    const message = lastToEdit(router.current, me);
    if (message) messageActions.edit(message);
  });
}

function pick(source, names) {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}
