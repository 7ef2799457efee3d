// A person's device without a screen: the page's own store on a real connection, led by lines of JSON.
// In: {do, ...}; out, for each: the answer, or {error}. `badges` answers {room id: [unread, mentions]}.

import { createInterface } from "node:readline";
import { io } from "socket.io-client";
import { dispatcher, eventTable } from "../../static/js/connection/events.js";
import { CatchUp } from "../../static/js/store/catch_up.js";
import { People } from "../../static/js/store/people.js";
import { ReadMarkers } from "../../static/js/store/read_markers.js";
import { Rooms } from "../../static/js/store/rooms.js";
import { syncInPieces } from "../../static/js/store/sync_pieces.js";

const [port, cookie, userId] = process.argv.slice(2);
const QUICKER = 20;    // the waits that spread people's questions are not what is tried here
const KEPT = 30;       // as a page that looks at another room

const socket = io(`http://localhost:${port}/chat`, {
  transports: ["websocket"], reconnection: false, autoConnect: false, forceNew: true,
  extraHeaders: { cookie, origin: `http://localhost:${port}` },
});
const rooms = new Rooms({ me: { id: Number(userId) }, people: new People(async () => []), needSync: () => catchUp.need() });
const catchUp = new CatchUp({
  ask: () => syncInPieces(rooms.positions(), (payload) => request("sync", payload)), apply: (ack) => rooms.applySync(ack),
  replay: (event, payload) => dispatch(event, payload), wait: (delay) => new Promise((done) => setTimeout(done, delay / QUICKER)),
});
const dispatch = dispatcher(eventTable(rooms), catchUp);
const markers = new ReadMarkers({ request, changed: () => {}, later: (act, delay) => setTimeout(act, delay / QUICKER) });
socket.onAny(dispatch);
socket.on("connect", () => catchUp.start());
socket.on("disconnect", () => catchUp.stop());
rooms.on("synced", () => markers.resend(rooms.all()));
rooms.on("unsure", (room) => markers.check(room));
rooms.on("messages", ({ room }) => room.trim(KEPT));

const api = {
  connect: () => new Promise((connected, failed) => {
    if (socket.connected) return connected({});
    rooms.on("synced", () => connected({}));
    socket.once("connect_error", failed);
    socket.connect();
  }),
  cut: async () => { socket.disconnect(); },
  request: ({ event, payload }) => request(event, payload),
  read: async ({ room, seq }) => markers.markRead(rooms.get(room), seq),
  unread: async ({ room, seq }) => markers.markUnread(rooms.get(room), seq),
  badges: async () => Object.fromEntries(rooms.all().map((room) => [room.id, room.marker.sure && !catchUp.running ? [room.unread, room.mentions] : null])),
};

createInterface({ input: process.stdin }).on("line", async (line) => {
  const { do: name, ...facts } = JSON.parse(line);
  const answer = await api[name](facts).catch((error) => ({ error: error.message ?? error }));
  process.stdout.write(`${JSON.stringify(answer ?? {})}\n`);
}).on("close", () => process.exit());

async function request(event, payload) {
  if (!socket.connected) throw { code: "offline" };
  const ack = await socket.timeout(10_000).emitWithAck(event, payload).catch(() => ({ error: { code: "timeout" } }));
  if (!ack.ok) throw ack.error;
  return ack;
}
