// Stands in for two libraries, mdurl and punycode.js, by the page's import map: how a link's address is written for the
// browser, and how it is shown. Every browser has what they are made of built in.

// One after the other and not in one, so that no address costs more than its length.
const START = /^(?:(?:[\w+.-]+:)?\/\/|mailto:)/i;
const AUTHORITY = /^[^/?#]*/;
const HOST = /^[^\s/?#:@%[\]<>"'`{}|\\^;]*/u;
const ESCAPED = /(?:%[0-9a-f]{2})+/giu;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** {auth, hostname, pathname}: here what stands before the host, the host, and all that follows. */
export function parse(address) {
  const text = address.trim();
  const start = START.exec(text)?.[0].length ?? text.length;
  const [authority] = AUTHORITY.exec(text.slice(start));
  const at = start + authority.lastIndexOf("@") + 1;
  const [hostname] = HOST.exec(text.slice(at));
  return { auth: text.slice(0, at), hostname, pathname: text.slice(at + hostname.length) };
}

export function format({ auth, hostname, pathname }) {
  return auth + hostname + pathname;
}

/** "é b%20[1]" → "%C3%A9%20b%20[1]": what is escaped stays as it is. */
export function encode(text) {
  return encodeURI(text.replace(/\p{Cs}/gu, "\ufffd")).replace(/%5B/g, "[").replace(/%5D/g, "]").replace(/%25(?=[0-9a-f]{2})/gi, "%");
}

/** "%C3%A9%2F" → "é%2F": what would mean something else is left, and so is what means nothing. */
export function decode(text) {
  return text.replace(ESCAPED, (escaped) => {
    try {
      return decodeURI(escaped.replaceAll("%25", "%2525"));
    } catch {
      return escaped;
    }
  });
}
decode.defaultChars = "";      // decodeURI has its own, the same

export default {
  toASCII: (host) => (BEYOND_ASCII.test(host) ? new URL(`http://${host}`).hostname : host),
  toUnicode: (host) => host,      // a name that was written in its technical form, perhaps to look like another one, stays in it
};
