// Lets the browser skip rows that are out of sight (timeline.css) once they were drawn: they keep the height they had. Skipped
// before, they would have an estimated height, and what is being read would move.

/** `nodes` are new in the list. A hidden page has no frames: there it happens once the page is shown. */
export function skipOutOfSight(nodes) {
  const rows = nodes.filter(({ classList }) => classList.contains("row"));     // day rows and the like have no stored height
  if (rows.length) requestAnimationFrame(() => setTimeout(() => { for (const row of rows) row.classList.add("row--settled"); }));
}
