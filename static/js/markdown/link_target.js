// The host to show beside a link whose text says something else. Pure.

const ADDRESS = /^\s*(?:(?:https?|mailto):(?:\/\/)?)?(?:[^\s/?#@]{0,200}@)?((?:[\p{L}\p{N}-]{1,63}\.){1,10}[\p{L}\p{N}-]{2,63}|localhost)(?::\d{1,5})?(?:[/?#\s]|$)/iu;
const LONGEST = 2000;        // of the text that is examined
const ASCII = /^[ -~]*$/;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC_OR_GREEK = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
// Letters of other scripts that look like Latin ones: a name made only of these imitates another one.
const PASSING = /^[\p{Script=Common}асеорхуѕіјӏһԁԛԝаοαυικνρτ]+$/u;

/** The host to show beside a link to `href`, or null if its text already says it, or contains no address. */
export function hostToShow(href, words) {
  const address = URL.canParse(href) ? new URL(href) : null;
  if (!address) return null;
  const said = ADDRESS.exec(words.slice(0, LONGEST))?.[1];
  if (address.protocol === "mailto:") return said || words.includes("@") ? otherMailbox(address, words) : null;
  const { host, hostname, username, password } = address;
  if (username || password || (said && isDisguised(said))) return host;
  return said && bare(hostOf(said)) !== bare(hostname) ? host : null;
}

function otherMailbox({ pathname }, words) {
  const target = decoded(pathname);
  return words.trim().replace(/^mailto:/i, "").toLowerCase() === target.toLowerCase() ? null : target;
}

/** A name in another script whose letters look like Latin ones, or are mixed with them: its ASCII form tells it apart. */
function isDisguised(said) {
  return said.split(".").some((label) => !ASCII.test(label) && (PASSING.test(label) || (LATIN.test(label) && CYRILLIC_OR_GREEK.test(label))));
}

function hostOf(name) {
  return URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name;
}

function bare(host) {
  return host.toLowerCase().replace(/^www\./, "").replace(/\.$/, "");
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
