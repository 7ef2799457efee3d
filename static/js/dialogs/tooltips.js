// A button that shows a drawing alone says its name to the pointer as well. The name is no `title` in the page: readers would say
// it twice, as the name and as a description.

export function startTooltips() {
  document.addEventListener("pointerover", ({ target }) => {
    const named = target.closest?.("button[aria-label], a[aria-label]");
    if (!named || named.title) return;
    named.title = named.getAttribute("aria-label");
    named.addEventListener("pointerleave", () => named.removeAttribute("title"), { once: true });
  });
}
