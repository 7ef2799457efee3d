// Prints a room's messages and sends what you type: node docs/protocol/client.js URL HANDLE PASSWORD ROOM
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { io } from "socket.io-client";

const [url, login, password, slug] = process.argv.slice(2);
const cookies = new Map();
const headers = () => ({ origin: url, referer: url, cookie: [...cookies].map((pair) => pair.join("=")).join("; ") });

async function visit(form) { // the login page; its answers set cookies
  const options = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const response = await fetch(`${url}/accounts/login/`, { ...options, headers: headers(), redirect: "manual" });
  for (const cookie of response.headers.getSetCookie()) cookies.set(...cookie.split(";", 1)[0].split("=", 2));
  return response.status;
}
await visit();
const csrfmiddlewaretoken = cookies.get("csrftoken") ?? cookies.get("__Host-csrftoken");
if (await visit({ login, password, csrfmiddlewaretoken }) !== 302) throw Error("The login was refused.");

let room, shown = 0; // the server's RoomState, and the seq of the last message shown
const socket = io(`${url}/chat`, { transports: ["websocket"], extraHeaders: headers() });
const ask = (event, payload) => socket.timeout(10_000).emitWithAck(event, payload).catch(() => ({}));
const show = ({ seq, author, text }) => { if (seq > shown) { shown = seq; console.log(`${author.name}: ${text}`); } };
const lacks = (seq, epoch) => seq > shown + 1 || epoch !== room.epoch; // something before this seq
async function catchUp() {
  const have = room ? { [room.id]: { epoch: room.epoch, seq: shown, rev: room.rev } } : {};
  room = (await ask("sync", { rooms: have })).rooms?.find((one) => one.slug === slug) ?? room;
  room?.messages.forEach(show);
}
socket.on("message", (sent) => { if (sent.room === room?.id) lacks(sent.seq, sent.epoch) ? catchUp() : show(sent); });
socket.on("head", (head) => { if (head.room === room?.id && lacks(head.seq + 1, head.epoch)) catchUp(); });
await new Promise((caughtUp) => socket.on("connect", () => catchUp().then(caughtUp)));
async function send(request) { // again with the same client_id, which is stored once, until there is an answer
  const { ok, error } = await ask("send", request);
  if (error && !error.retry_in) return console.error(error.message);
  if (!ok) return wait(1000 * (error?.retry_in ?? 1)).then(() => send(request));
}
for await (const text of createInterface({ input: process.stdin }))
  await send({ room: room.id, client_id: crypto.randomUUID(), text });
