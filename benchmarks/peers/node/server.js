// Node's socket.io with its Redis adapter, as its documentation shows it: rooms, messages kept in Redis, history.
// node server.js PORT REDIS_SOCKET
const { createServer } = require("http");
const { createAdapter } = require("@socket.io/redis-adapter");
const { createClient } = require("redis");
const { Server } = require("socket.io");

const KEPT = 200;
const PAGE = 50;

async function connectToRedis(path) {
  const client = createClient({ socket: { path } });
  await client.connect();
  return client;
}

function keepMessage(redis, room, body) {
  const key = `h:${room}`;
  return Promise.all([redis.rPush(key, JSON.stringify(body)), redis.lTrim(key, -KEPT, -1)]);
}

async function readHistory(redis, room) {
  const rows = await redis.lRange(`h:${room}`, -PAGE, -1);
  return rows.map((row) => JSON.parse(row));
}

function welcome(io, redis, socket) {
  socket.on("join", (room, acknowledge) => {
    socket.join(room);
    acknowledge?.({ ok: true });
  });
  socket.on("msg", async (message, acknowledge) => {
    const body = { room: message.room, user: socket.id, text: message.text, time: Date.now() };
    await keepMessage(redis, message.room, body);
    io.to(message.room).emit("msg", body);
    acknowledge?.({ ok: true });
  });
  socket.on("history", async (room, acknowledge) => acknowledge(await readHistory(redis, room)));
}

async function main(port, path) {
  const [redis, publisher, subscriber] = await Promise.all([1, 2, 3].map(() => connectToRedis(path)));
  const http = createServer((request, response) => response.writeHead(404).end());
  const io = new Server(http, { transports: ["websocket"] });
  io.adapter(createAdapter(publisher, subscriber));
  io.on("connection", (socket) => welcome(io, redis, socket));
  http.listen({ port, host: "127.0.0.1", backlog: 1024 });
}

main(Number(process.argv[2]), process.argv[3]);
