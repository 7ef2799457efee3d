// A classic script in the head: the chosen theme must be there before the first paint, or the page flashes.
{
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* if storage is forbidden, the system's theme applies */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
