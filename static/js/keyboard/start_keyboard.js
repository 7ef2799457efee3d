// The keys of every page of the chat, the help about them, and the arrow keys in menus.

import { openDialog } from "../dialogs/layers.js";
import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { Preferences } from "../storage/preferences.js";
import { Keyboard } from "./keyboard.js";
import { followMenus } from "./menu_keys.js";
import { followPaneKeys } from "./pane_keys.js";

/** Returns the keys of the page, for its parts to listen to. */
export function startKeyboard() {
  const preferences = new Preferences("keyboard", { letters: true, enterSends: null });
  lazyDialogContent(byId("help"), async () => new (await import("./help_dialog.js")).HelpDialog(preferences));
  const keyboard = new Keyboard(preferences);
  keyboard.on("help", () => openDialog(byId("help")));
  followMenus();
  followPaneKeys(keyboard);
  return keyboard;
}
