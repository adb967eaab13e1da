/** What all pages share: making elements, asking the API, dialogs. Texts are never markup. */

export const page = document.body.dataset;
export const api = "/api/v1";
export const here = page.map ? `${api}/maps/${page.map}` : api;

/** Make an element. Attributes that are functions listen to events. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** What the API said instead of an answer; `problem` is its document. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/** Ask the API. Gives the body, or null where there is none. */
export async function ask(path, { method = "GET", body, headers = {} } = {}) {
  const sent = { Accept: "application/json", ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) });
  const told = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Refused(told);
  return told;
}

/** All items of a list, page by page. */
export async function all(path) {
  const items = [];
  let next = null;
  do {
    const url = new URL(path, location.origin);
    if (next) url.searchParams.set("cursor", next);
    const found = await ask(url);
    items.push(...found.items);
    next = found.next;
  } while (next);
  return items;
}

export const number = (value) => (value === null || value === undefined ? "" : value.toFixed(2));

/** A difference with its sign, as text and, for who sees colours, as a class. */
export function delta(value) {
  const side = value > 0 ? "up" : value < 0 ? "down" : "quiet";
  return make("span", { class: side }, `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`);
}

export const verdict = (value, { short = false } = {}) =>
  value ? make("span", { class: `verdict ${value}`, title: short ? value : null }, short ? make("span", { class: "unseen" }, value) : value) : "";

/** A link to the page of a claim, under the same rule. */
export function toClaim(claim, text) {
  const query = page.rule ? `?rule=${encodeURIComponent(page.rule)}` : "";
  return make("a", { href: `/maps/${page.map}/claims/${claim}${query}`, dir: "auto" }, text);
}

/** A message for everybody, also for who does not see it appear. */
export function tell(text, isProblem = false) {
  let place = document.getElementById("told");
  if (!place) {
    place = make("p", { id: "told", role: "status" });
    document.getElementById("tools").prepend(place);
  }
  place.className = isProblem ? "problem" : "quiet";
  place.textContent = text;
}

/** Do something, and tell what went wrong if it did. */
export async function attempt(work) {
  try { return await work(); } catch (error) { tell(error.message, true); return undefined; }
}

/** Ask in a dialog: gives what was typed by name, or null if it was left. */
export function dialog(title, fields, { say = "Save", more = [] } = {}) {
  return new Promise((done) => {
    const form = make("form", { method: "dialog" },
      make("h2", { id: "asked" }, title), fields, more,
      make("div", { class: "bar" },
        make("button", { class: "main", value: "yes" }, say),
        make("button", { type: "button", click: () => box.close("") }, "Cancel")));
    const box = make("dialog", { "aria-labelledby": "asked" }, form);
    box.addEventListener("close", () => {
      box.remove();
      done(box.returnValue ? { ...Object.fromEntries(new FormData(form)), answer: box.returnValue } : null);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** A labelled field; `control` is its input, textarea or select. */
export function field(label, control) {
  control.id = `field-${control.name}`;
  return [make("label", { for: control.id }, label), control];
}

/** Tabs over panels that are filled when they are first shown. */
export function tabs(panels) {
  const list = make("div", { class: "tabs", role: "tablist" });
  const places = make("div");
  const show = async ({ button, panel, fill }) => {
    for (const other of list.children) { other.ariaSelected = "false"; other.tabIndex = -1; }
    for (const other of places.children) other.hidden = true;
    button.ariaSelected = "true";
    button.tabIndex = 0;
    panel.hidden = false;
    if (!panel.childNodes.length) {
      panel.textContent = "Loading…";
      try { panel.replaceChildren(...[await fill()].flat()); } catch (error) {
        panel.replaceChildren(make("p", { class: "problem" }, error.message));
      }
    }
  };
  const made = Object.entries(panels).map(([name, fill], index) => {
    const panel = make("div", { role: "tabpanel", id: `panel-${index}`, "aria-labelledby": `tab-${index}`, tabindex: 0, hidden: true });
    const button = make("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": panel.id, "aria-selected": "false", tabindex: index ? -1 : 0 }, name);
    const tab = { button, panel, fill };
    button.addEventListener("click", () => show(tab));
    list.append(button);
    places.append(panel);
    return tab;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = made.findIndex(({ button }) => button === document.activeElement);
    const to = made[(at + step + made.length) % made.length];
    to.button.focus();
    show(to);
  });
  return { element: make("div", {}, list, places), show: (index) => show(made[index]) };
}
