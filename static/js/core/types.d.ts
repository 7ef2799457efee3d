// The shapes of what the server sends and of what a page is made of, for `tsc`; browsers load nothing of this.
// docs/protocol/events.md says what the fields mean. Times are milliseconds since 1970.

type Role = "member" | "moderator" | "owner";
type Status = "active" | "away" | "offline";
type RoomKind = "public" | "private" | "direct";
type Circle = "everyone" | "moderators" | "nobody";
type Level = "all" | "mentions" | "nothing";

interface Person {
  id: number;
  handle: string;
  name: string;
  role?: Role | null;
  staff?: boolean;
}

interface Reaction {
  emoji: string;
  count: number;
  by: Person[];
  mine?: boolean;
}

interface Message {
  room: number;
  seq: number;
  epoch: string;
  sent_at: number;
  client_id?: string;
  author: Person;
  text: string;
  kind: "text" | "notice";
  reply_to?: number;
  mentions?: number[];        // ids of people, 0 for everyone
  edited_at?: number;
  deleted?: boolean;
  deleted_by?: number;
  reactions?: Reaction[];
  mine?: string[];            // the emoji I reacted with, kept over a deletion
}

interface Amendment {
  room: number;
  seq: number;
  rev: number;
  by: number;
  text?: string;
  mentions?: number[];
  edited_at?: number;
  deleted?: boolean;
  reactions?: Reaction[];
  reacted?: { emoji: string; on: boolean };
}

interface Sanction {
  kind: "mute" | "ban";
  until: number | null;       // null: until a moderator lifts it
  reason: string;
  by?: Person | null;
  user?: Person;
  whole_site?: boolean;
  lifted_at?: number | null;
}

/** A room as every page lists it. */
interface RoomFacts {
  id: number;
  slug: string;
  name: string;
  kind: RoomKind;
  topic: string;
  state: string;
  slow_mode: number;          // seconds between two messages of one person, 0: off
  writers?: Circle;           // who may send messages
  editors?: Circle;           // who may edit and delete their own, and react
  role?: Role | null;
  level?: Level;
  muted?: boolean;
  hidden?: number;
  members?: Person[];         // of a direct room
}

/** A read marker that was moved here; `back`: marked as unread. */
interface PendingRead {
  seq: number;
  turn: number;
  back: boolean;
}

interface Position {
  epoch: string | null;
  seq: number;
  rev: number;
}

/** A room as `sync` brings it up to date. */
interface SyncedRoom extends RoomFacts {
  epoch: string;
  seq: number;
  rev: number;
  read: number;
  turn?: number;
  unread: number;
  mentions: number;
  catch_up: "complete" | "window";
  messages: Message[];
  amendments?: Amendment[];
  online?: { user: number; status: Status }[];
  sanction?: Sanction | null;
}

/** What the server put into the page for its scripts: chat/web/page_facts.py. */
interface Page {
  me: Person;
  has_reported: boolean;
  rooms: RoomFacts[];
  room: RoomFacts | null;
  state: SyncedRoom | null;
  states?: SyncedRoom[];      // of the offline shell: every room that was kept
  seq: number | null;
  limits: { message: number; name: number; topic: number; addresses: number };
  durable: boolean;
  creates_rooms?: boolean;    // whether they can create public and private rooms here
  server?: string;            // what its owners call it; the offline shell does not know
  kept?: number;              // of the offline shell: when the page was last live
}

/** The error of a refused request. */
interface Refusal {
  code: string;
  message: string;
  retry_in?: number;          // seconds
}

type Ack = { [field: string]: any };
type SendRequest = (event: string, payload: object) => Promise<Ack>;

/** A message that was written here and is not acknowledged, or was until a short time ago: outbox/entry.js. */
interface OutboxEntry {
  client_id: string;
  room: number;
  text: string;
  reply_to?: number;
  at: number;
  order: number;
  state: "waiting" | "failed" | "held" | "sent";
  until: number | null;
  error: { code: string; message: string; until?: number | null } | null;
  seq?: number;
  checked?: string;           // the epoch in which it is known to be stored
  again?: boolean;
  keptUntil?: number;
}

type Room = import("../store/room_state.js").RoomState;

// The page's listeners receive events of elements only, and only elements of HTML get the focus.
interface EventTarget {
  readonly localName: string;
  closest(selectors: string): HTMLElement | null;
}

interface Element {
  focus(options?: FocusOptions): void;
}

// Django's catalog of texts, a script that the page of another language loads first.
declare var django: {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
  pgettext(context: string, text: string): string;
} | undefined;

type Now = () => number;
type Later = (act: () => void, delay: number) => any;

/** Where the outbox keeps its entries: outbox/storage.js. */
interface OutboxStorage {
  lasting: boolean;
  load(): Promise<OutboxEntry[] | null>;
  put(entry: OutboxEntry): Promise<void>;
  remove(clientId: string): Promise<void>;
  onPut(listener: () => void): void;
}
