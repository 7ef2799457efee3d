// Hours of the day without notifications.

/**
 * Whether a time of day is in the quiet hours, which can span midnight. Pure.
 * @param {{quiet: boolean, from: string, to: string}} facts
 * @param {Date} date
 */
export function isQuiet({ quiet, from, to }, date) {
  if (!quiet || from === to) return false;
  const time = `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
  return from < to ? from <= time && time < to : from <= time || time < to;
}
