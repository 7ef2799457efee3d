// The keys of every page of the chat: the help about them, and the arrows in menus.

import { Preferences } from "../preferences.js";
import { HelpDialog } from "./help_dialog.js";
import { Keyboard } from "./keyboard.js";
import { followMenus } from "./menus.js";

/** Gives the chat its keyboard. */
export function startKeyboard(chat) {
  const preferences = new Preferences("keyboard", { letters: true });
  const help = new HelpDialog(preferences);
  chat.keyboard = new Keyboard(preferences);
  chat.keyboard.on("help", () => help.open());
  followMenus();
}
