// The handler of every server event, in one table. During a sync events wait for its answer, except momentary ones.

const MOMENTARY = new Set(["typing"]);

/** @param {any} rooms */
export function eventTable(rooms) {
  return {
    message: (/** @type {any} */ payload) => rooms.onMessage(payload),
    amended: (/** @type {any} */ payload) => rooms.onAmended(payload),
    presence: (/** @type {any} */ payload) => rooms.onPresence(payload),
    typing: (/** @type {any} */ payload) => rooms.onTyping(payload),
    read: (/** @type {any} */ payload) => rooms.onRead(payload),
    notify: (/** @type {any} */ payload) => rooms.onNotify(payload),
    member: (/** @type {any} */ payload) => rooms.onMember(payload),
    room: (/** @type {any} */ payload) => rooms.onRoom(payload),
    head: (/** @type {any} */ payload) => rooms.onHead(payload),
    removed: (/** @type {any} */ payload) => rooms.onRemoved(payload),
    sanction: (/** @type {any} */ payload) => rooms.onSanction(payload),
    blocked: (/** @type {any} */ payload) => rooms.onBlocked(payload),
    invited: (/** @type {any} */ payload) => rooms.emit("invited", payload),
    declined: (/** @type {any} */ payload) => rooms.emit("declined", payload),
    request: (/** @type {any} */ payload) => rooms.emit("request", payload),
    report: (/** @type {any} */ payload) => rooms.emit("report", payload),
  };
}

/**
 * Returns the function that handles every event.
 * @param {Record<string, (payload: any) => void>} table
 * @param {import("../store/catch_up.js").CatchUp} catchUp
 */
export function dispatcher(table, catchUp) {
  return function dispatch(/** @type {string} */ event, /** @type {any} */ payload) {
    if (!Object.hasOwn(table, event)) return;
    if (!MOMENTARY.has(event) && catchUp.hold(event, payload)) return;
    table[event](payload);
  };
}
