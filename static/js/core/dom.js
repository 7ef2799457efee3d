// Builders of DOM nodes. Text is always inserted as text.

import { badge, dyeOf, initials } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * `el("p.note", {id: "x", hidden: true}, "text", node, null)`. Unknown properties become attributes; on… listens.
 * @param {string} description
 * @param {Record<string, any>} [properties]
 * @param {...any} children
 * @returns {any} an element of the named kind
 */
export function el(description, properties = {}, ...children) {
  const [tag = "", ...classes] = description.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** @param {string} name */
export function icon(name, small = false) {
  return svgUse(`i-${name}`, small ? "icon icon--small" : "icon");
}

/**
 * A drawing of icons.svg.
 * @param {string} id
 * @param {string} className
 * @param {string | null} [viewBox]
 */
export function svgUse(id, className, viewBox = null) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  if (viewBox) svg.setAttribute("viewBox", viewBox);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

/**
 * A person's avatar; `status` adds the dot. Hidden from screen readers, since the name stands beside it.
 * @param {{id: number, name: string}} person
 * @param {{status?: string | null, small?: boolean}} [options]
 */
export function face(person, { status = null, small = false } = {}) {
  const node = el("span", { className: `face face--dye-${dyeOf(person.id)}${small ? " face--small" : ""}`, "aria-hidden": "true" });
  node.append(initials(person.name));
  if (status) node.append(el(`span.dot.dot--${status}`));
  return node;
}

/** @param {string} text */
export function hiddenWords(text) {
  return el("span.visually-hidden", {}, text);
}

/** Replace the content of `node` by `children`. @param {Element} node @param {...any} children */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

/**
 * Make `nodes` the children of the list, in this order; present ones are not moved, since somebody may be typing in one.
 * @param {Element} list
 * @param {Element[]} nodes
 */
export function keep(list, nodes) {
  for (const node of [...list.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => { if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null); });
}

/**
 * A visible number, and the text that screen readers hear; `mine`: it counts what is for me.
 * @param {number} count
 * @param {string} words
 */
export function countOf(count, words, mine = true) {
  return [el(mine ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(count)), hiddenWords(words)];
}

/** @param {HTMLFormElement} form @param {() => void} act */
export function onSubmit(form, act) {
  form.addEventListener("submit", (event) => { event.preventDefault(); act(); });
}

/**
 * What was typed and chosen in a form, by the names of its fields.
 * @param {HTMLFormElement} form
 * @returns {any}
 */
export function valuesOf(form) {
  return Object.fromEntries(new FormData(form));
}

/**
 * Set text only when it changes, so that nothing is announced or deselected needlessly.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Runs `act` after the next paint; at once on a hidden page, which has no frames. @param {() => void} act */
export function afterPaint(act) {
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => setTimeout(act));
}

/**
 * The page's element of this id. Typed as any: the templates decide which kind of element it is.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  return document.getElementById(id);
}

/** @param {any} node @param {string} name @param {any} value */
function set(node, name, value) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (value === null || value === undefined || value === false) return;
  else if (name in node && !name.startsWith("aria") && name !== "list") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** Matches an open dialog, but for one that stands beside the room and leaves the keys to it. */
export const OPEN_DIALOG = "dialog[open]:not(.dialog--beside)";
