// Small builders. Text goes in as text, always.

const SVG = "http://www.w3.org/2000/svg";
import { badge, dyeOf, initials } from "./format.js";

/** `el("p.note", {id: "x", hidden: true}, "text", node, null)`. Unknown properties become attributes; on… listens. */
export function el(description, properties = {}, ...children) {
  const [tag, ...classes] = description.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name, small = false) {
  return svgUse(`i-${name}`, small ? "icon icon--small" : "icon");
}

/** A drawing of icons.svg. */
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

/** A person's face; `status` adds the dot. Names beside it carry the words, so it is hidden from readers. */
export function face(person, { status = null, small = false } = {}) {
  const node = el("span", { className: `face face--dye-${dyeOf(person.id)}${small ? " face--small" : ""}`, "aria-hidden": "true" });
  node.append(initials(person.name));
  if (status) node.append(el(`span.dot.dot--${status}`));
  return node;
}

export function hiddenWords(text) {
  return el("span.visually-hidden", {}, text);
}

/** Put `children` in place of what is there. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

/** Have `nodes` in the list, in this order; those that are there stay as they are, since somebody may be writing in one. */
export function keep(list, nodes) {
  for (const node of [...list.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => { if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null); });
}

/** A number that is seen, and the words of it that are heard; `mine`: it calls me. */
export function countOf(count, words, mine = true) {
  return [el(mine ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(count)), hiddenWords(words)];
}

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

/** Set text only when it changes, so that nothing is announced or selected away for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Once what was done so far is on the screen; a hidden page has no frames to wait for. */
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

function set(node, name, value) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (value === null || value === undefined || value === false) return;
  else if (name in node && !name.startsWith("aria") && name !== "list") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}
