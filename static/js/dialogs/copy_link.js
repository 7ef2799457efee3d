// Puts a link where one can paste it; where the browser does not allow that, it is shown.

import { toast } from "../core/toast.js";
import { gettext } from "../core/translate.js";

/** `otherwise()` shows it; without that it is told. */
export async function copyLink(link, otherwise = () => toast(link)) {
  const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
  if (copied) toast(gettext("Link copied"));
  else otherwise();
}
