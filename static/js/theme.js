// A classic script in the head: the chosen theme must be there before the first paint, or the page flashes.
{
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage can be forbidden; then the system decides */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
