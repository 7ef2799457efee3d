// The keys of every page of the chat: the help about them, and the arrows in menus.

import { openDialog } from "../dialogs/layers.js";
import { byId } from "../core/dom.js";
import { filledOnDemand } from "../core/lazy.js";
import { Preferences } from "../core/preferences.js";
import { Keyboard } from "./keyboard.js";
import { followMenus } from "./menu_keys.js";

/** Gives the chat its keyboard. */
export function startKeyboard(chat) {
  const preferences = new Preferences("keyboard", { letters: true });
  filledOnDemand(byId("help"), async () => new (await import("./help_dialog.js")).HelpDialog(preferences));
  chat.keyboard = new Keyboard(preferences);
  chat.keyboard.on("help", () => openDialog(byId("help")));
  followMenus();
}
