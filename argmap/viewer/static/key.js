/**
 * The API key of whoever reads: kept while the tab is open, sent with what its pages ask for, and in no URL.
 * A link brings no key, so a page comes as nobody in particular may see it, and is then asked for again.
 */

const NAME = "argmap-key";

export const bearer = (key = sessionStorage.getItem(NAME)) => (key ? { Authorization: `Bearer ${key}` } : {});

/** Show the page as the key may see it, where the server asks for keys. */
export async function signIn() {
  if (document.body.dataset.auth === undefined) return;
  if (sessionStorage.getItem(NAME)) {
    const answer = await fetch(location.href, { headers: { ...bearer(), Accept: "text/html" } });
    if (answer.status === 401) sessionStorage.removeItem(NAME);
    else replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sessionStorage.getItem(NAME) ? "Sign out" : "Sign in";
  button.addEventListener("click", sessionStorage.getItem(NAME) ? leave : enter);
  document.querySelector("header.top nav").append(button);
}

function replace(found) {
  document.title = found.title;
  for (const { name } of [...document.body.attributes]) document.body.removeAttribute(name);
  for (const { name, value } of found.body.attributes) document.body.setAttribute(name, value);
  document.body.replaceChildren(...found.body.childNodes);
}

async function enter() {
  const { dialog, field, make } = await import("./kit.js");
  const input = make("input", { name: "key", type: "password", required: true, autocomplete: "off" });
  const isIn = await dialog("Sign in", field("API key", input), { say: "Sign in", save: async ({ key }) => {
    const answer = await fetch("/api/v1/maps?limit=1", { headers: bearer(key.trim()) });
    if (!answer.ok) throw Object.assign(new Error((await answer.json()).detail), { at: "key" });
    sessionStorage.setItem(NAME, key.trim());
    return true;
  } });
  if (isIn) location.reload();
}

function leave() {
  sessionStorage.removeItem(NAME);
  location.reload();
}
