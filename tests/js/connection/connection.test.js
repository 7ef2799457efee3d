// What the page still sends when it goes away.
import assert from "node:assert/strict";
import { test } from "node:test";

const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);
const { Connection } = await import("../../../static/js/connection/connection.js");

test("what was read last is sent before Firefox closes the socket, which it does ahead of pagehide", () => {
  const connection = new Connection();
  let leaving = 0;
  connection.on("leaving", () => { leaving += 1; });
  page.dispatchEvent(new Event("beforeunload"));
  assert.equal(leaving, 1);
  page.dispatchEvent(new Event("pagehide"));       // phones have only this one
  assert.equal(leaving, 2);
});
