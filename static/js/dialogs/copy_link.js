// Copies a link to the clipboard; shows it where the browser does not allow that.

import { toast } from "../core/toast.js";
import { gettext } from "../core/translate.js";

/** `otherwise()` shows the link; without it a toast does. */
export async function copyLink(link, otherwise = () => toast(link)) {
  const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
  if (copied) toast(gettext("Link copied"));
  else otherwise();
}
