// The handler of every server event, in one table. During a sync events wait for its answer, except momentary ones.

const MOMENTARY = new Set(["typing"]);

export function eventTable(rooms) {
  return {
    message: (payload) => rooms.onMessage(payload),
    amended: (payload) => rooms.onAmended(payload),
    presence: (payload) => rooms.onPresence(payload),
    typing: (payload) => rooms.onTyping(payload),
    read: (payload) => rooms.onRead(payload),
    notify: (payload) => rooms.onNotify(payload),
    member: (payload) => rooms.onMember(payload),
    room: (payload) => rooms.onRoom(payload),
    head: (payload) => rooms.onHead(payload),
    removed: (payload) => rooms.onRemoved(payload),
    sanction: (payload) => rooms.onSanction(payload),
    blocked: (payload) => rooms.onBlocked(payload),
    invited: (payload) => rooms.emit("invited", payload),
    declined: (payload) => rooms.emit("declined", payload),
    request: (payload) => rooms.emit("request", payload),
    report: (payload) => rooms.emit("report", payload),
  };
}

/** Returns the function that handles every event. */
export function dispatcher(table, catchUp) {
  return function dispatch(event, payload) {
    if (!Object.hasOwn(table, event)) return;
    if (!MOMENTARY.has(event) && catchUp.hold(event, payload)) return;
    table[event](payload);
  };
}
