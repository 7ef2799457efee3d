// Single keys on messages, while one is not writing: J and K go from one to the next, the rest acts on the one that has
// the focus.

export function followKeys(list, { of, reply, edit, pickReaction, copyLink, back }) {
  const deeds = { r: ["reply", reply], e: ["edit", edit], l: ["link", copyLink], "+": ["react", pickReaction] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog, [popover]")) return;
    const key = event.key.toLowerCase();
    const row = event.target.closest("li[data-seq]");
    if (key === "j" || key === "k") move(list, row, key === "j");
    else if (key === "escape" && row) back();
    else {
      const [name, act] = deeds[key] ?? [];
      const found = row && name ? of(row) : null;
      if (!found?.may[name]) return;
      act(found.message, row.querySelector(`.actions [data-key="pick"]`) ?? row);
    }
    event.preventDefault();
  });
}

function move(list, row, down) {
  const rows = [...list.querySelectorAll("li[data-author]")];
  const at = row ? rows.indexOf(row) + (down ? 1 : -1) : rows.length - 1;
  rows[at]?.firstElementChild.focus();
}
