// The composer of the page of a room, and where a message goes when it is sent.

import { Composer } from "../composer/composer.js";
import { drawTyping, TypingList, TypingSender } from "../composer/typing.js";
import { byId } from "../core/dom.js";
import { lazy, lazyDialog } from "../core/lazy.js";
import { toast } from "../core/toast.js";

/** @param {Pick<RoomPage, "me" | "connection" | "drafts" | "keyboard" | "moderation" | "people" | "rooms" | "router">} page */
export function createComposer({ me, connection, drafts, keyboard, moderation, people, rooms, router }) {
  const emojiNames = lazy(async () => new (await import("../emoji/names.js")).EmojiNames());
  lazy(async () => (await emojiNames()).ready());
  const picker = lazyDialog(async () => new (await import("../emoji/picker.js")).EmojiPicker(await emojiNames()));
  const composer = new Composer(drafts, (room) => moderation.slowMode.secondsFor(room), keyboard.preferences);
  startToolsOnUse(async () => {
    const [{ startComposerTools }, names] = await Promise.all([import("../composer/composer_tools.js"), emojiNames()]);
    startComposerTools({ me, names, picker, rooms: () => rooms.all(), room: () => router.current, membersOf: (room) => people.membersOf(room.id) });
  });
  const typing = new TypingList({ changed: () => drawTyping(people, typing, router.current) });
  return { composer, picker, typing, typingSender: new TypingSender((event, payload) => connection.hint(event, payload)) };
}

/**
 * Loads the tools when the composer is first used. What was typed or pressed before they were there happens then.
 * @param {() => Promise<void>} start
 */
function startToolsOnUse(start) {
  const form = byId("composer");
  const tools = lazy(start);
  let pressed = null;
  let started = false;
  const load = () => tools().then(() => {
    if (started) return;
    started = true;
    for (const event of ["focusin", "click"]) form.removeEventListener(event, use);
    if (pressed) pressed.click();
    else if (byId("write").value) byId("write").dispatchEvent(new Event("input", { bubbles: true }));
  }, () => {});
  function use({ type, target }) {
    if (type === "click") pressed = target.closest("#write-emoji, #write-mention");
    load();
  }
  for (const event of ["focusin", "click"]) form.addEventListener(event, use);
}

/** @param {RoomPage} page */
export function followComposer({ card, composer, outbox, scrollTo, typingSender, list, connection, rooms, router, people }) {
  composer.on("send", ({ room, text, replyTo }) => {
    outbox.add(room.id, text, replyTo);
    typingSender.sent(room.id);
    scrollTo.toLatest();
  });
  card.on("mention", ({ handle }) => composer.insert(`@${handle} `));
  composer.on("typing", (room) => typingSender.typed(room.id));
  composer.on("draft", () => list.invalidate());
  composer.on("join", async (room) => {
    try {
      const { room: state } = await connection.request("join", { room: room.id });
      people.forget(room.id);   // the cached member list lacks this person
      router.go(rooms.add(state));
    } catch (error) {
      toast(error.message);
    }
  });
}
