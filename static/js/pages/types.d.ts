// What the pages are made of, for `tsc`; browsers load nothing of this. The shapes of data are in core/types.d.ts.

/** What every page of the chat has; pages/chat.js makes it. */
interface Chat {
  page: Page;
  me: Person;
  connection: import("../connection/connection.js").Connection;
  people: import("../store/people.js").People;
  rooms: import("../store/rooms.js").Rooms;
  catchUp: import("../store/catch_up.js").CatchUp;
  outbox: import("../outbox/outbox.js").Outbox;
  markers: import("../store/read_markers.js").ReadMarkers;
  drafts: import("../composer/drafts.js").Drafts;
  idle: import("../status/idle.js").Idle;
  list: import("../rooms/rooms_list.js").RoomsList;
  keyboard: import("../keyboard/keyboard.js").Keyboard;
  moderation: ReturnType<typeof import("../moderation/start_moderation.js").startModeration>;
  notifications: ReturnType<typeof import("../notifications/start_notifications.js").startNotifications>;
  navigation: RoomNavigation;
}

/** The ways into a room. The page of a room replaces all but `enter` and `write`. */
interface RoomNavigation {
  current(): Room | null;
  recent(): number[];                               // ids, the last shown first
  go(room: Room, seq?: number | null): void;
  enter(state: SyncedRoom): void;
  write(...people: Person[]): void;                 // open the direct room with them
}

/** The page of a room; pages/room_page.js makes it. Each part takes of it what its parameters name. */
interface RoomPage extends Chat {
  router: import("../rooms/router.js").Router;
  head: import("../rooms/room_head.js").RoomHead;
  banner: import("../status/banner.js").Banner;
  announcer: import("../status/announcer.js").Announcer;
  shownBefore?: boolean;                            // whether a room was shown since the page was loaded
  composer: import("../composer/composer.js").Composer;
  picker: { open(anchor: Element, chosen: (emoji: string) => void): Promise<void> };
  typing: import("../composer/typing.js").TypingList;
  typingSender: import("../composer/typing.js").TypingSender;
  card: import("../people/person_card.js").PersonCard;
  panel: import("../people/people_panel.js").PeoplePanel;
  messageActions: import("../message_actions/actions.js").MessageActions;
  timeline: import("../timeline/timeline.js").Timeline;
  scrollTo: import("../timeline/scroll_to.js").ScrollTo;
  tabStop: import("../timeline/roving_tabindex.js").RovingTabindex;
  readTracker: import("../timeline/read_tracker.js").ReadTracker;
}
