// Connects the actions on messages: the bar, the menu, the picker, the keys and editing in the composer.

import { lazyDialog } from "../core/lazy.js";
import { followListKeys } from "../timeline/list_keys.js";
import { ActionsBar } from "./actions_bar.js";
import { lastToEdit } from "./allowed.js";
import { followContextMenu } from "./context_menu.js";
import { followKeys } from "./message_keys.js";
import { followLongPress } from "./long_press.js";

/** @param {RoomPage} page */
export function startMessageActions({ keyboard, messageActions, timeline, scrollTo, tabStop, composer, me, router, outbox }) {
  const menu = lazyDialog(async () => new (await import("./message_menu.js")).MessageMenu(messageActions));
  const bar = new ActionsBar(timeline.list, pick(messageActions, ["of", "toggle", "pickReaction", "reply", "edit"]));
  timeline.on("rendered", () => bar.refresh());
  const openMenu = (row, anchor = row?.querySelector("[data-key='more']") ?? row, how = {}) => {
    const found = row && messageActions.of(row);
    if (found) menu.open(found.message, anchor, how);
    return Boolean(found);
  };
  followLongPress(timeline.list, (target) => openMenu(target.closest("li[data-seq]"), target.closest("li[data-seq]"), { sheet: true }));
  followContextMenu(timeline.list, openMenu);
  timeline.list.addEventListener("click", ({ target }) => {
    const more = target.closest("[data-key='more']");
    if (more) openMenu(more.closest("li[data-seq]"), more);
  });
  const toLatest = () => { scrollTo.toLatest(); tabStop.focusNewest(); };
  followListKeys(timeline, { openMenu: (row) => openMenu(row), toLatest });
  followKeys(keyboard, timeline, {
    ...pick(messageActions, ["of", "reply", "edit", "pickReaction", "copyLink"]), flag: (message) => messageActions.flag(message),
    back: () => composer.focus(), toUnread: () => scrollTo.toUnread(), toLatest: () => scrollTo.toLatest(),
  });
  composer.on("edit", async ({ message, text }) => { if (await messageActions.save(message, text)) composer.finish(message); });
  composer.on("delete", (message) => messageActions.remove(message));
  composer.on("edit last", () => {
    const message = lastToEdit(router.current, me, outbox.entriesOf(router.current.id));
    if (message) messageActions.edit(message);
  });
}

function pick(source, names) {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}
