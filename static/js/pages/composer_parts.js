// What one writes with on the page of a room, and where it goes when it is sent.

import { toast } from "../core/toast.js";
import { EmojiNames } from "../emoji/names.js";
import { EmojiPicker } from "../emoji/picker.js";
import { onDemand } from "../core/lazy.js";
import { drawTyping } from "./room_events.js";
import { Composer } from "../composer/composer.js";
import { startWritingTools } from "../composer/composer_tools.js";
import { TypingList, TypingSender } from "../composer/typing.js";

/** Gives the page {composer, picker, typing, typingSender}. */
export function writingParts(page) {
  const { me, connection, drafts, moderation, people, rooms, router } = page;
  const names = new EmojiNames();
  onDemand(() => names.ready());
  const picker = new EmojiPicker(names);
  const composer = new Composer(drafts, (room) => moderation.slowMode.secondsFor(room));
  startWritingTools({ me, names, picker, rooms: () => rooms.all(), room: () => router.current, membersOf: (room) => people.membersOf(room.id) });
  return {
    composer, picker,
    typing: new TypingList({ changed: () => drawTyping(page, page) }),
    typingSender: new TypingSender((event, payload) => connection.hint(event, payload)),
  };
}

export function followWriting({ card, composer, outbox, places, typingSender, list, connection, rooms, router, people }) {
  composer.on("send", ({ room, text, replyTo }) => {
    outbox.add(room.id, text, replyTo);
    typingSender.sent(room.id);
    places.toPresent();
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
