import js from "@eslint/js";
import globals from "globals";

const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "parseFromString", "createContextualFragment", "srcdoc"];
const MESSAGE = "What people write is never read as markup: static/js/core/dom.js makes nodes, and markdown/nodes.js those of a message.";

export default [
  { ignores: ["node_modules/", ".static/", ".venv/", "data/", "benchmarks/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-unused-vars": ["error", { args: "after-used", argsIgnorePattern: "^_", caughtErrors: "all" }],
      "no-var": "error",
      "prefer-const": "error",
      "eqeqeq": ["error", "always"],
      "no-eval": "error",
      "no-implied-eval": "error",
    },
  },
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["static/js/**/*.js"],
    rules: {
      "no-restricted-properties": ["error", ...MARKUP.map((property) => ({ property, message: MESSAGE })),
        { object: "document", property: "write", message: MESSAGE }],
    },
  },
  {
    files: ["tests/js/**/*.js", "tests/support/*.js", "tests/fuzz/**/*.js", "docs/**/*.js", "eslint.config.js"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
