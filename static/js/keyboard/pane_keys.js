// F6 and Shift+F6 lead from one part of the page to the next: the rooms, the messages, the box, the people, and what
// can be undone.

// The first that can be seen gets the focus.
const PANES = [
  { within: "#rooms", stops: [".room-link[aria-current]", ".room-link"] },
  { within: "#timeline", stops: ["article[tabindex='0']", "#timeline"] },
  { within: ".foot", stops: ["#write", "#composer-closed"] },
  { within: "#people", stops: ["[data-user-id]", "#people-close"] },
  { within: ".sheet--page", stops: ["h1"] },
  { within: "#toast", stops: ["#toast button"] },
];

export function followPaneKeys(keyboard) {
  keyboard.on("nextPane", () => goBy(1));
  keyboard.on("previousPane", () => goBy(-1));
}

function goBy(step) {
  const stops = PANES.map(({ stops: each }) => stopOf(each));
  const here = PANES.findIndex(({ within }) => document.activeElement?.closest(within));
  for (let passed = 1; passed <= PANES.length; passed += 1) {
    const stop = stops[(here + step * passed + (here < 0 && step < 0 ? 1 : 0) + 2 * PANES.length) % PANES.length];
    if (stop) return focus(stop);
  }
  return false;
}

function stopOf(stops) {
  for (const css of stops) {
    const found = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(css))].find((node) => node.checkVisibility());
    if (found) return found;
  }
  return null;
}

function focus(node) {
  if (node.localName === "h1") node.tabIndex = -1;
  node.focus();
}
