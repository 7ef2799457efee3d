// Who may import whom in the browser's code. A folder imports from the floors below its own, never from one beside or above
// it, and no modules import each other in a circle.

const FLOORS = [
  ["core"],
  ["storage"],
  ["auth", "connection", "dialogs", "markdown", "offline", "outbox", "store"],
  ["emoji", "keyboard", "people"],
  ["rooms"],
  ["moderation", "notifications", "search"],
  ["composer", "mentions", "status", "timeline"],
  ["message_actions", "printing"],
  ["pages"],
];

const floorRules = FLOORS.flatMap((folders, floor) => folders.map((folder) => ({
  name: `floor-of-${folder}`,
  comment: "It may import only from itself and from the floors below: see FLOORS.",
  severity: "error",
  from: { path: `^static/js/${folder}/` },
  to: { path: "^static/js/", pathNot: [folder, ...FLOORS.slice(0, floor).flat()].map((below) => `^static/js/${below}/`) },
})));

export default {
  forbidden: [
    ...floorRules,
    {
      name: "no-circle", comment: "Modules that import each other cannot be read, tested or loaded apart.", severity: "error",
      from: { path: "^static/js/" }, to: { circular: true },
    },
    {
      name: "every-folder-has-a-floor", comment: "Add the folder to FLOORS.", severity: "error",
      from: {}, to: { path: "^static/js/", pathNot: `^static/js/([^/]+$|(${FLOORS.flat().join("|")})/)` },
    },
  ],
  options: { includeOnly: "^static/js/", moduleSystems: ["es6"] },
};
