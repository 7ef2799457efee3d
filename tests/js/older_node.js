// What Node 18 has under another name: import it before anything that needs it.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;

/** Let setTimeout wait for `t.mock.timers.tick`: Node 18 wants the list itself. */
export function mockTimeouts(t) {
  const apis = ["setTimeout"];
  t.mock.timers.enable(parseInt(process.versions.node) < 20 ? apis : { apis });
}
