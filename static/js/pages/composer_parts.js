// What one writes with on the page of a room, and where it goes when it is sent.

import { toast } from "../core/toast.js";
import { EmojiNames } from "../emoji/names.js";
import { EmojiPicker } from "../emoji/picker.js";
import { lazy } from "../core/lazy.js";
import { Composer } from "../composer/composer.js";
import { startComposerTools } from "../composer/composer_tools.js";
import { drawTyping, TypingList, TypingSender } from "../composer/typing.js";

/** @param {Pick<RoomPage, "me" | "connection" | "drafts" | "moderation" | "people" | "rooms" | "router">} page */
export function createComposer({ me, connection, drafts, moderation, people, rooms, router }) {
  const names = new EmojiNames();
  lazy(() => names.ready());
  const picker = new EmojiPicker(names);
  const composer = new Composer(drafts, (room) => moderation.slowMode.secondsFor(room));
  startComposerTools({ me, names, picker, rooms: () => rooms.all(), room: () => router.current, membersOf: (room) => people.membersOf(room.id) });
  const typing = new TypingList({ changed: () => drawTyping(people, typing, router.current) });
  return {
    composer, picker, typing,
    typingSender: new TypingSender((event, payload) => connection.hint(event, payload)),
  };
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
      people.forget(room.id);   // the list that we have is without me
      router.go(rooms.add(state));
    } catch (error) {
      toast(error.message);
    }
  });
}
