// A row that was drawn once is left out by the browser while it is far from the eye (timeline.css): it keeps the height that
// was seen. Left out before that, it would be as high as somebody guessed, and what is being read would move.

/** These are new in the list. On a page that is hidden there are no frames: they settle once it is shown. */
export function settle(nodes) {
  const rows = nodes.filter(({ classList }) => classList.contains("row"));     // days and the like keep no height
  if (rows.length) requestAnimationFrame(() => setTimeout(() => { for (const row of rows) row.classList.add("row--settled"); }));
}
