/** What all pages share: making elements, asking the API, dialogs. Texts are never markup. */

import { bearer } from "./key.js";

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

/** Every request of a page leaves from here, with what all of them are sent with. */
export const send = (path, options = {}) => fetch(path, { ...options, headers: { Accept: "application/json", ...bearer(), ...options.headers } });

/** Ask the API; `body` is sent as JSON, `text` as it is. Gives the body, or null where there is none. */
export async function ask(path, { method = "GET", body, text, headers = {} } = {}) {
  const type = body !== undefined ? "application/json" : text !== undefined ? "text/plain; charset=utf-8" : null;
  const answer = await send(path, { method, headers: type ? { "Content-Type": type, ...headers } : headers, body: text ?? (body === undefined ? undefined : JSON.stringify(body)) });
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

/** What texts of the map carry: their own direction, and their language if the map states it. */
export const own = () => ({ dir: "auto", lang: page.lang || null });

/** A link to the page of a claim, under the same rule. */
export function toClaim(claim, text) {
  const query = page.rule ? `?rule=${encodeURIComponent(page.rule)}` : "";
  return make("a", { href: `/maps/${page.map}/claims/${claim}${query}`, ...own() }, text);
}

/**
 * Show other things in a place: whoever stood on a control stands on the same one again, what was
 * unfolded or scrolled sideways stays so.
 */
export function show(place, ...children) {
  const controls = () => [...place.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")];
  const name = (control) => control && (control.getAttribute("href") ?? control.getAttribute("aria-label") ?? control.textContent);
  const stood = controls().indexOf(document.activeElement);
  const wanted = name(controls()[stood]);
  const open = [...place.querySelectorAll("details")].map((each) => each.open);
  const aside = [...place.querySelectorAll(".wide")].map((each) => each.scrollLeft);
  place.replaceChildren(...children);
  for (const [index, each] of place.querySelectorAll("details").entries()) each.open = open[index] ?? false;
  for (const [index, each] of place.querySelectorAll(".wide").entries()) each.scrollLeft = aside[index] ?? 0;
  if (stood >= 0) (controls().find((each) => name(each) === wanted) ?? controls()[stood])?.focus({ preventScroll: true });
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

/**
 * Ask in a dialog, and do what was asked for: gives what `save` gives, or null if it was left.
 * What is typed stays there until `save` has done its work; what is wrong is told where it is.
 */
export function dialog(title, fields, { say = "Save", save = (typed) => typed } = {}) {
  return new Promise((done) => {
    let made = null;
    const main = make("button", { class: "main" }, say);
    const wrong = make("p", { class: "problem", id: "wrong", role: "alert" });
    const form = make("form", { method: "dialog" }, make("h2", { id: "asked" }, title), fields, wrong,
      make("div", { class: "bar" }, main, make("button", { type: "button", click: () => box.close() }, "Cancel")));
    const box = make("dialog", { "aria-labelledby": "asked" }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      complain(form, wrong, null);
      main.disabled = true;
      try {
        made = await save(Object.fromEntries(new FormData(form)));
        box.close();
      } catch (error) { complain(form, wrong, error); } finally { main.disabled = false; }
    });
    box.addEventListener("close", () => { box.remove(); done(made); });
    document.body.append(box);
    box.showModal();
  });
}

/** Show what is wrong at the control that it is about, if there is one, and go there. */
function complain(form, wrong, error) {
  form.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  wrong.textContent = error?.message ?? "";
  const names = error?.problem?.pointer?.split("/").reverse() ?? (error?.at ? [error.at] : []);
  const control = names.map((name) => name && form.elements.namedItem(name)).find((each) => each instanceof HTMLElement);
  if (!control) { form.querySelector(".bar").before(wrong); return; }
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", wrong.id);
  control.after(wrong);
  control.focus();
}

/** A labelled field; `control` is its input, textarea or select. */
export function field(label, control) {
  control.id = `field-${control.name}`;
  return [make("label", { for: control.id }, label), control];
}

/** Tabs over panels that are filled when they are first shown; those that are `fixed` keep up by themselves. */
export function tabs(panels, fixed = []) {
  const list = make("div", { class: "tabs", role: "tablist" });
  const places = make("div");
  const choose = async ({ button, panel, fill }) => {
    for (const other of list.children) { other.ariaSelected = "false"; other.tabIndex = -1; }
    for (const other of places.children) other.hidden = true;
    button.ariaSelected = "true";
    button.tabIndex = 0;
    panel.hidden = false;
    if (!panel.childNodes.length) {
      panel.textContent = "Loading…";
      await refill({ panel, fill });
    }
  };
  const refill = async ({ panel, fill }) => {
    try { show(panel, ...[await fill()].flat()); } catch (error) { show(panel, make("p", { class: "problem" }, error.message)); }
  };
  /** Work out again what is shown; what is not is worked out when it is. */
  const refresh = async () => {
    for (const tab of made) if (!tab.isFixed && tab.panel.hidden) tab.panel.replaceChildren();
    for (const tab of made) if (!tab.isFixed && !tab.panel.hidden) await refill(tab);
  };
  const made = Object.entries(panels).map(([name, fill], index) => {
    const panel = make("div", { role: "tabpanel", id: `panel-${index}`, "aria-labelledby": `tab-${index}`, tabindex: 0, hidden: true });
    const button = make("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": panel.id, "aria-selected": "false", tabindex: index ? -1 : 0 }, name);
    const tab = { button, panel, fill, isFixed: fixed.includes(name) };
    button.addEventListener("click", () => choose(tab));
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
    choose(to);
  });
  return { element: make("div", {}, list, places), show: (index) => choose(made[index]), refresh };
}
