// A form with a password is sent without leaving the page. A server must not send a password back, and so a page that comes
// with the mistakes has an empty box for it; here the mistakes come into this page, and the password is still in its box.

/**
 * @param {HTMLFormElement} form
 * @param {(part: ParentNode) => void} start  starts what is in a part of the page
 */
export function keepPassword(form, start) {
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const send = /** @type {HTMLButtonElement | null} */ (form.querySelector("button:not([type=button])"));
    if (send) send.disabled = true;
    try {
      await sendForm(form, start);
    } catch {
      form.submit();     // the browser says what is wrong with the connection
    } finally {
      sending = false;
      if (send) send.disabled = false;
    }
  });
}

/** @param {HTMLFormElement} form @param {(part: ParentNode) => void} start */
async function sendForm(form, start) {
  const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(/** @type {any} */ (new FormData(form))) });
  if (response.redirected) return location.assign(response.url);
  // It is our own page, from our own server, as if the browser had opened it; scripts in it do not run.
  // eslint-disable-next-line no-restricted-properties
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const card = page.querySelector("main");
  if (!card) return form.submit();
  const passwords = [...form.querySelectorAll("input[type=password]")].map((input) => [input.id, /** @type {HTMLInputElement} */ (input).value]);
  const shown = document.importNode(card, true);
  document.querySelector("main").replaceWith(shown);
  document.title = page.title;
  for (const [id, value] of passwords) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    if (box) box.value = value;
  }
  start(shown);
}
