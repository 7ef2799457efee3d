// A classic script, in a syntax that browsers of 2018 read: where the chat cannot start, the page says so, instead of being empty
// for ever. What is asked here is what scripts and styles cannot do without (README).
{
  const supports = (act) => {
    try { return Boolean(act()); } catch { return false; }
  };
  const enough = [
    () => HTMLScriptElement.supports("importmap"),
    () => new RegExp("(?<=a)b", "u"),
    () => Intl.Segmenter,
    () => "popover" in HTMLElement.prototype,
    () => "checkVisibility" in HTMLElement.prototype,
    () => CSS.supports("color", "light-dark(red, red)"),
  ].every(supports);
  if (!enough) {
    document.documentElement.classList.add("too-old");
    document.getElementById("too-old").hidden = false;
  }
}
