// Puts the actions on messages together: the bar, the menu, the picker, the keys and the composer's editing.

import { ActionsBar } from "./actions_bar.js";
import { lastToEdit } from "./allowed.js";
import { followKeys } from "./message_keys.js";
import { followLongPress } from "./long_press.js";
import { MessageMenu } from "./message_menu.js";
import { followFocus } from "../timeline/roving_tabindex.js";

export function startAmending({ keyboard, deeds, timeline, places, composer, me, router }) {
  const menu = new MessageMenu(deeds);
  const bar = new ActionsBar(timeline.list, {
    of: deeds.of, toggle: deeds.toggle, pickReaction: deeds.pickReaction, reply: deeds.reply, edit: deeds.edit,
    more: (message, anchor) => menu.open(message, anchor),
  });
  timeline.on("rendered", () => bar.refresh());
  followLongPress(timeline.list, (target) => {
    const row = target.closest("li[data-seq]");
    const found = row && deeds.of(row);
    if (found) menu.rise(found.message, row);
  });
  followFocus(timeline.list);
  followKeys(keyboard, timeline, {
    ...pick(deeds, ["of", "reply", "edit", "pickReaction", "copyLink"]), flag: (message) => deeds.flag(message),
    back: () => composer.focus(), toUnread: () => places.toUnread(), toPresent: () => places.toPresent(),
  });
  composer.on("edit", async ({ message, text }) => { if (await deeds.save(message, text)) composer.finish(message); });
  composer.on("edit last", () => {
    const message = lastToEdit(router.current, me);
    if (message) deeds.edit(message);
  });
}

function pick(source, names) {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}
