/**
 * <argument-tree src="/api/v1/maps/MAP/claims/CLAIM" rule="RULE" depth="2">
 *
 * What speaks for and against a claim, as a tree that opens on demand, or as a picture.
 * It needs the API that `src` leads to, and nothing else: no library, no build.
 *
 * Attributes: src; rule (the server's default); depth (levels at first, 2); order (map or
 * contribution); at (a revision); view (list or picture); details (none hides the panel);
 * live (follows what becomes of the map, while the page is seen).
 * Properties: headers (sent with every request, say a key); words (what is shown, to be
 * replaced by another language); node (what is selected). Methods: refresh(), unfold(id), reveal(id).
 * Events, all with a `detail`: argument-load, argument-select, argument-expand,
 * argument-rule, argument-error, and while live argument-revision, argument-deleted. Slot `actions`: what the host page adds to the panel.
 * Parts: toolbar, tree, row, text, details. Colours and sizes: the --argument-… below.
 */

const STYLE = `
:host {
  --ink: var(--argument-ink, light-dark(#1c2024, #e4e7ea));
  --quiet: var(--argument-quiet, light-dark(#56606b, #a3adb8));
  --line: var(--argument-line, light-dark(#d7dce1, #3a424b));
  --paper: var(--argument-paper, light-dark(#ffffff, #16191d));
  --well: var(--argument-well, light-dark(#f3f5f7, #20262c));
  --support: var(--argument-support, light-dark(#0b5cad, #7db8f5));
  --rebut: var(--argument-rebut, light-dark(#a8380b, #f5a173));
  --undercut: var(--argument-undercut, light-dark(#7a3e9d, #d3a4f0));
  --rephrase: var(--argument-rephrase, light-dark(#56606b, #a3adb8));
  --focus: var(--argument-focus, light-dark(#0b5cad, #9ccaff));
  --indent: var(--argument-indent, 1.5rem);
  display: block; color: var(--ink); background: var(--paper);
  font: var(--argument-font, 1rem/1.45 system-ui, sans-serif);
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.toolbar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: .75rem; }
.toolbar label { color: var(--quiet); }
select, button { font: inherit; color: inherit; background: var(--paper); padding: .3rem .6rem;
  border: 1px solid var(--line); border-radius: 6px; max-width: 100%; }
button { cursor: pointer; }
button:hover { background: var(--well); }
button[aria-pressed=true] { background: var(--well); border-color: var(--focus); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.status { color: var(--quiet); font-size: .875em; }
.problem { color: var(--rebut); }
.body { display: grid; gap: 1rem 2rem; grid-template-columns: minmax(0, 1fr); }
.body > div { min-width: 0; }
@container (min-width: 60rem) {
  .body.with { grid-template-columns: minmax(0, 1fr) minmax(16rem, 22rem); }
  .details { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
.frame { container-type: inline-size; }
ul { list-style: none; margin: 0; padding: 0; }
li li { margin-inline-start: calc(var(--indent) / 2); padding-inline-start: calc(var(--indent) / 2);
  border-inline-start: 1px solid var(--line); }
.row { display: grid; grid-template-columns: 1.2rem 1.6rem minmax(0, 1fr) auto; gap: .5rem; align-items: start;
  padding: .35rem .5rem; border-radius: 6px; cursor: default;
  content-visibility: auto; contain-intrinsic-block-size: auto 2.2rem; }
.row:hover { background: var(--well); }
.row:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; }
.row[aria-selected=true] { background: var(--well); box-shadow: inset 3px 0 var(--focus); }
[dir=rtl] .row[aria-selected=true] { box-shadow: inset -3px 0 var(--focus); }
.twist { color: var(--quiet); text-align: center; cursor: pointer; user-select: none; transition: rotate .1s; }
[dir=rtl] .twist { scale: -1 1; }
.row[aria-expanded=true] > .twist { rotate: 90deg; }
[dir=rtl] .row[aria-expanded=true] > .twist { rotate: -90deg; }
.sign { text-align: center; font-weight: 700; color: var(--paper); background: var(--quiet); border-radius: 4px; line-height: 1.45; }
.support > .row > .sign { background: var(--support); border-radius: 50%; }
.rebut > .row > .sign { background: var(--rebut); }
.undercut > .row > .sign { background: var(--undercut); clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
.text { overflow-wrap: anywhere; }
.muted > .row .text { text-decoration: line-through; color: var(--quiet); }
.note { color: var(--quiet); font-size: .8125em; display: block; }
.worth { display: grid; grid-template-columns: 4rem 2.2rem 1.2rem; gap: .4rem; align-items: center;
  font-variant-numeric: tabular-nums; font-size: .875em; }
.bar { height: .55rem; border-radius: 3px; background: var(--well); border: 1px solid var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; width: calc(var(--worth) * 100%); background: var(--quiet); }
.accepted > .row .bar i { background: var(--support); }
.rejected > .row .bar i { background: var(--rebut); }
.verdict { font-weight: 700; text-align: center; }
.accepted > .row .verdict { color: var(--support); }
.rejected > .row .verdict { color: var(--rebut); }
.more > .row { color: var(--focus); cursor: pointer; }
.fresh > .row { animation: fresh 2.5s; }
@keyframes fresh { from { background: light-dark(#fff1b8, #4d4314); } }
@container (max-width: 34rem) {
  .row { grid-template-columns: 1.2rem 1.6rem minmax(0, 1fr); }
  .worth { grid-column: 3; }
}
.close { float: inline-end; margin-inline-start: .5rem; }
@container (max-width: 59.99rem) {
  .details { position: sticky; bottom: 0; max-height: 45vh; overflow-y: auto; background: var(--paper); }
  .with .row { scroll-margin-block-end: 46vh; }
}
.details { border-top: 3px solid var(--focus); padding-top: .5rem; }
.details h2 { font-size: 1.0625em; margin: 0 0 .5rem; overflow-wrap: anywhere; }
.details h3 { font-size: .9375em; margin: 1rem 0 .25rem; }
.details p, .details blockquote { margin: .25rem 0; overflow-wrap: anywhere; }
.details blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: .75rem; }
.details mark { color: inherit; background: light-dark(#fff1b8, #4d4314); }
.around { color: var(--quiet); }
.details li { margin-bottom: .25rem; overflow-wrap: anywhere; }
.picture { overflow: auto; max-height: 85vh; }
.picture img { max-width: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[hidden], .away { display: none !important; }
@media (prefers-reduced-motion: reduce) { .twist { transition: none; } .fresh > .row { animation: none; } }
@media print {
  .toolbar, .details { display: none; }
  .row { break-inside: avoid; padding: .1rem 0; }
  .bar, .sign { print-color-adjust: exact; }
}`;

const WORDS = {
  rule: "Rule", list: "List", picture: "Picture", tree: "Arguments", loading: "Loading…", more: "Show more",
  about: "About this claim", passages: "Passages", reasons: "Why it scores so", none: "none",
  support: "supports", rebut: "rebuts", undercut: "undercuts", rephrase: "rephrases", backs: "backs the relation",
  accepted: "accepted", rejected: "rejected", undecided: "undecided", strength: "strength", claim: "claim",
  linked: "linked", again: "unfolds elsewhere", cycle: "unfolds further up: a circle", muted: "muted",
  weight: "weight", each: "each", noText: "the text of this source is not stored", asserts: "asserts", reports: "reports",
  concedes: "concedes", rejects: "rejects", sources: "By source", close: "Close", gone: "This map is gone.",
};
const SIGNS = { support: "+", rebut: "−", undercut: "×", rephrase: "=" };
const VERDICTS = { accepted: "✓", rejected: "✗", undecided: "?" };
const MOST = 5; // reasons of a kind that the panel lists
const CHUNK = 50; // rows that are made before the page may draw again
const PAGE = 500; // children that the API gives at once, at most
const RETRY = 2000; // milliseconds, before a lost connection is tried again
const LONGEST = 60_000; // milliseconds between tries that fail
const TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i; // of a language, as BCP 47 has them
const PLACE = /^(.*)\/maps\/([^/?#]+)\/claims\/([^/?#]+)$/;

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

/** Make an element; texts become text, never markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const pause = (milliseconds = 0) => new Promise((done) => setTimeout(done, milliseconds));
const number = (value) => value.toFixed(2);
const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;

/** The server-sent events of a stream: {id, event, data}, and comments as events of no name. */
async function* told(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) yield Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s, 2)));
  }
}

/**
 * Follow what becomes of a map after a revision, until `signal` says no more: `heard` is called
 * with "revision" or "deleted" and what the API tells of it, each once and in order. A connection
 * that is lost is made again; where the API refuses to tell, nothing is heard.
 */
export async function follow(map, revision, heard, signal, headers = () => ({})) {
  let last = revision;
  let wait = RETRY;
  while (!signal.aborted) {
    try {
      const asked = { ...headers(), Accept: "text/event-stream", "Last-Event-ID": String(last) };
      const answer = await fetch(`${map}/events`, { headers: asked, signal, cache: "no-store" });
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return;
      if (answer.ok) {
        for await (const { id, event, data } of told(answer.body)) {
          wait = RETRY;
          if (id) last = Number(id);
          if (data) heard(event, JSON.parse(data));
          if (event === "deleted") return;
        }
      }
    } catch (error) { if (!(error instanceof TypeError)) { if (signal.aborted) return; throw error; } }
    await pause(wait * (0.75 + Math.random() / 2)); // not all who were cut off at the same moment
    wait = Math.min(2 * wait, LONGEST);
  }
}

class ArgumentTree extends HTMLElement {
  static observedAttributes = ["src", "rule", "depth", "order", "at", "view", "live"];

  #headers = {};
  #items = new Map(); // by the id of the place: the list item, its node and its group
  #muted = new Set();
  #load = null; // what aborts the requests of a tree that is not wanted any more
  #typed = { text: "", at: 0 };
  #selected = null;
  #asked = 0;
  #reading = null; // the newest reading, which others wait for that it has overtaken
  #language = null; // of what the map says, if it states one
  #usual = ""; // the rule that the server takes where none is chosen
  #revision = 0; // what is shown is of this one
  #newest = 0; // and there is this one
  #ear = null; // what ends the listening
  #listening = () => this.#listen();

  constructor() {
    super();
    this.words = { ...WORDS };
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
  }

  get headers() { return this.#headers; }
  set headers(headers) { this.#headers = { ...headers }; this.#deafen(); if (this.isConnected) { this.#rules(); this.refresh(); } }
  get node() { return this.#items.get(this.#selected)?.node ?? null; }
  get rule() { return this.getAttribute("rule") ?? ""; }
  set rule(rule) { this.setAttribute("rule", rule); }
  /** Relations and claims that the host page leaves out, shown as struck out. */
  get muted() { return this.#muted; }
  set muted(keys) { this.#muted = new Set(keys); for (const item of this.#items.values()) this.#mark(item); }

  connectedCallback() {
    this.#frame();
    this.#rules();
    this.refresh();
    document.addEventListener("visibilitychange", this.#listening);
  }

  disconnectedCallback() {
    this.#load?.abort();
    this.#deafen();
    document.removeEventListener("visibilitychange", this.#listening);
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after || !this.shadowRoot.firstChild) return;
    if (name === "rule") this.#chooser.value = after ?? "";
    if (name === "live") { this.#listen(); return; }
    if (name === "src") {
      this.#items.clear();
      this.#tree.replaceChildren();
      this.#selected = null;
      this.#newest = this.#revision = 0;
    }
    if (name === "src" || name === "at") this.#deafen();
    this.refresh();
  }

  // The frame: toolbar, tree, picture, panel.

  #frame() {
    const words = this.words;
    this.#chooser = make("select", { id: "rule" }, make("option", { value: this.rule }, this.rule || "…"));
    this.#chooser.addEventListener("change", () => {
      this.rule = this.#chooser.value;
      this.#tell("rule", { rule: this.rule });
    });
    const view = (name) => {
      const button = make("button", { type: "button", "data-view": name }, words[name]);
      button.addEventListener("click", () => this.setAttribute("view", name));
      return button;
    };
    this.#status = make("span", { class: "status", role: "status" });
    this.#tree = make("ul", { role: "tree", part: "tree", "aria-label": words.tree });
    this.#picture = make("div", { class: "picture", part: "picture", hidden: true, tabindex: 0, role: "region", "aria-label": words.picture });
    this.#panel = make("section", { class: "details", part: "details", "aria-label": words.about, hidden: true, tabindex: -1 });
    this.#tree.addEventListener("keydown", (event) => this.#key(event));
    this.#tree.addEventListener("click", (event) => this.#click(event));
    const toolbar = make("div", { class: "toolbar", part: "toolbar" },
      make("label", { for: "rule" }, words.rule), this.#chooser,
      make("span", { role: "group" }, view("list"), " ", view("picture")), make("slot", { name: "tools" }), this.#status);
    this.#body = make("div", { class: "body" }, make("div", {}, this.#tree, this.#picture), this.#panel);
    this.shadowRoot.replaceChildren(make("div", { class: "frame" }, toolbar, this.#body));
  }
  #chooser; #status; #tree; #picture; #panel; #body;

  // Talking with the API.

  #place() {
    const found = PLACE.exec(this.getAttribute("src") ?? "");
    if (!found) throw new Error("src is no path of a claim: …/api/v1/maps/MAP/claims/CLAIM");
    return { api: found[1], map: `${found[1]}/maps/${found[2]}`, claim: found[0] };
  }

  #query(more = {}, names = ["rule", "order", "at"]) {
    const query = new URLSearchParams();
    for (const name of names) if (this.getAttribute(name)) query.set(name, this.getAttribute(name));
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return query.size ? `?${query}` : "";
  }

  async #get(url) {
    const answer = await fetch(url, { headers: { ...this.#headers, Accept: "application/json" }, signal: this.#load?.signal });
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body.detail ?? answer.statusText), { problem: body });
    return body;
  }

  #fail(error) {
    if (error.name === "AbortError") return;
    this.#status.textContent = error.message;
    this.#status.className = "status problem";
    this.#tell("error", { message: error.message, problem: error.problem ?? null });
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`argument-${what}`, { detail, bubbles: true, composed: true }));
  }

  async #rules() {
    try {
      const { items } = await this.#get(`${this.#place().api}/rules`);
      const options = items.map((rule) => make("option", { value: rule.name }, rule.title));
      this.#chooser.replaceChildren(...options);
      this.#chooser.value = this.rule || this.#usual;
    } catch (error) { this.#fail(error); }
  }

  /** Read the tree again; what is open, selected, in focus and in sight stays so. Ends when the newest reading is shown. */
  async refresh(how = {}) {
    this.#reading = this.#read(how);
    let awaited;
    do await (awaited = this.#reading); while (awaited !== this.#reading);
  }

  async #read({ isQuiet = false }) {
    const asked = ++this.#asked;
    const isPicture = this.getAttribute("view") === "picture";
    if (!isQuiet) {
      this.#load?.abort();
      this.#load = new AbortController();
      this.#status.className = "status";
      this.#status.textContent = this.words.loading;
    }
    for (const button of this.shadowRoot.querySelectorAll("[data-view]")) {
      button.ariaPressed = String((button.dataset.view === "picture") === isPicture);
    }
    this.#tree.hidden = isPicture;
    this.#picture.hidden = !isPicture;
    this.#panel.classList.toggle("away", isPicture);
    try {
      const depth = this.getAttribute("depth") ?? "2";
      if (isPicture) await this.#draw(`${this.#place().claim}/tree.svg${this.#query({ depth })}`);
      const { root, about } = await this.#ask(depth);
      if (asked !== this.#asked) return;
      const { dataset: stood = {} } = this.shadowRoot.activeElement ?? {};
      this.#language = TAG.test(about.language) ? about.language : null;
      const top = this.#item(root, 1, 1, 1, isQuiet);
      if (this.#tree.firstChild !== top.li) this.#tree.replaceChildren(top.li);
      this.#tree.dir = top.row.querySelector("[dir]").matches(":dir(rtl)") ? "rtl" : "ltr"; // as the claim runs
      await this.#fill(root, isQuiet, () => asked === this.#asked);
      if (asked !== this.#asked) return;
      for (const [id, { li }] of this.#items) if (!li.isConnected) this.#items.delete(id);
      this.#usual = about.rule;
      this.#chooser.value = about.rule;
      this.#status.className = "status";
      this.#status.textContent = "";
      this.#revision = about.revision;
      this.#stand(stood, root);
      this.#tell("load", about);
      if (!this.#ear) this.#listen();
      if (this.#selected) await this.#select(this.#items.get(this.#selected) ?? null);
    } catch (error) { if (asked === this.#asked) this.#fail(error); }
  }

  /** Read what is below the root, and below all that is open. */
  async #ask(depth) {
    const { claim } = this.#place();
    const { root, ...about } = await this.#get(`${claim}/tree${this.#query({ depth })}`);
    const places = new Map();
    const note = (node) => { places.set(node.id, node); node.children.forEach(note); };
    note(root);
    for (const [id, { row, group }] of this.#items) { // what is above comes before what is below
      const node = places.get(id);
      const shown = group?.querySelectorAll(":scope > li:not(.more)").length ?? 0;
      if (!node || row.ariaExpanded !== "true" || node.children.length >= Math.min(shown, node.child_count)) continue;
      const { root: again } = await this.#get(`${claim}/tree${this.#query({ under: id, depth: 1, children: Math.min(shown, PAGE) })}`);
      Object.assign(node, { children: again.children, next: again.next });
      node.children.forEach(note);
    }
    return { root, about };
  }

  /** Stand where one stood, or else where the Tab key is to lead. */
  #stand({ id, more }, root) {
    const wanted = more ? this.#tree.querySelector(`[data-more="${more}"]`) ?? this.#items.get(more)?.row : this.#items.get(id)?.row;
    const current = this.#tree.querySelector("[tabindex='0']");
    const row = wanted ?? (current?.isConnected ? current : null) ?? this.#items.get(this.#selected)?.row ?? this.#items.get(root.id).row;
    this.#rove(row, false);
    if ((id || more) && this.shadowRoot.activeElement !== row) row.focus({ preventScroll: true });
  }

  async #draw(url) {
    const answer = await fetch(url, { headers: this.#headers, signal: this.#load.signal });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const image = make("img", { alt: this.words.tree });
    image.src = URL.createObjectURL(await answer.blob());
    await image.decode();
    URL.revokeObjectURL(image.src);
    const isFirst = !this.#picture.firstChild;
    this.#picture.replaceChildren(image);
    // The root, which the page is about, is half way down.
    if (isFirst) this.#picture.scrollTop = (this.#picture.scrollHeight - this.#picture.clientHeight) / 2;
  }

  // Following what becomes of the map.

  /** Listen while that is wanted and the page is seen: a browser has few connections for all its tabs. */
  #listen() {
    const isWanted = this.hasAttribute("live") && !this.getAttribute("at") && this.isConnected && !document.hidden && this.#revision;
    if (!isWanted) { this.#deafen(); return; }
    if (this.#ear) return;
    const ear = this.#ear = new AbortController();
    follow(this.#place().map, this.#revision, (name, told) => this.#hear(name, told, ear.signal), ear.signal, () => this.#headers);
  }

  #deafen() { this.#ear?.abort(); this.#ear = null; }

  #hear(name, told, { aborted }) {
    if (aborted) return;
    this.#tell(name, told);
    if (name === "deleted") this.#fail(new Error(this.words.gone)); else this.#catchUp(told.revision);
  }

  async #catchUp(revision) {
    const isBusy = this.#newest > this.#revision;
    this.#newest = Math.max(revision, this.#newest);
    for (let before = -1; !isBusy && before < this.#revision && this.#revision < this.#newest;) {
      before = this.#revision;
      await this.refresh({ isQuiet: true });
    }
    if (!isBusy) this.#newest = this.#revision; // what could not be read now is read with what comes next
  }

  // Rows.

  /** What texts of the map carry. */
  get #own() { return { dir: "auto", lang: this.#language }; }

  /** What leads to a claim, in words. */
  #leads(node) {
    const { words } = this;
    const said = [];
    if (node.via) said.push(node.via.target.relation && node.via.kind === "support" ? words.backs : words[node.via.kind]);
    if (node.via?.group) said.push(words.linked);
    if (this.#isMuted(node)) said.push(words.muted);
    return said.join(", ");
  }

  #isMuted(node) { return this.#muted.has(node.claim) || (node.via !== null && this.#muted.has(node.via.relation)); }

  #mark(item) {
    item.li.classList.toggle("muted", this.#isMuted(item.node));
    item.row.querySelector(".unseen").textContent = `${this.#leads(item.node)} `;
  }

  /** Make the row of a place, or bring the one that is there up to date. */
  #item(node, level, position, size, isNews = false) {
    const known = this.#items.get(node.id);
    const item = known ?? { li: make("li", { role: "none" }), row: null, group: null, said: "" };
    const { children, next, ...own } = node;
    const said = JSON.stringify([own, level, position, size, this.#language]);
    const wasText = item.node?.text;
    Object.assign(item, { node, level });
    if (children.length || !known) item.next = next;
    if (said === item.said) return item;
    item.said = said;
    item.row ??= make("div", { role: "treeitem", class: "row", part: "row", tabindex: -1, "data-id": node.id, "aria-selected": "false" });
    // The row is the item, and what opens below it is beside it: so its name is its own text.
    if (!known) item.li.append(item.row);
    item.row.ariaLevel = level;
    item.row.ariaPosInSet = position;
    item.row.ariaSetSize = size;
    item.row.replaceChildren(...this.#cells(node));
    item.li.className = `${node.via?.kind ?? "root"} ${node.verdict ?? ""}`;
    item.li.classList.toggle("fresh", isNews && wasText !== node.text);
    this.#open(item);
    this.#items.set(node.id, item);
    this.#mark(item);
    return item;
  }

  /** Give a place room for what is below it, or take that away. */
  #open(item) {
    const { row, node } = item;
    if (node.child_count && !item.group) {
      item.group = make("ul", { role: "group", id: `below-${node.id}`, hidden: true });
      item.li.append(item.group);
      row.setAttribute("aria-owns", item.group.id);
      row.ariaExpanded = "false";
    } else if (!node.child_count && item.group) {
      item.group.remove();
      item.group = null;
      row.removeAttribute("aria-owns");
      row.ariaExpanded = null;
    }
  }

  #cells(node) {
    const { words } = this;
    const unseen = (text) => make("span", { class: "unseen" }, text);
    const worth = make("span", { class: "worth" });
    if (node.strength !== null) {
      const bar = make("i");
      bar.style.setProperty("--worth", String(node.strength));
      worth.append(make("span", { class: "bar" }, bar), make("span", {}, unseen(` ${words.strength} `), number(node.strength)));
    }
    if (node.verdict) {
      worth.append(make("span", { class: "verdict", title: words[node.verdict] },
        make("span", { "aria-hidden": "true" }, VERDICTS[node.verdict]), unseen(` ${words[node.verdict]}`)));
    }
    const notes = [];
    if (node.via?.target.relation) notes.push(`${node.via.kind === "support" ? words.backs : words.undercut} ${node.via.target.relation}`);
    if (node.via?.group) notes.push(`${words.linked}: ${node.via.group}`);
    if (node.reference_to) notes.push(`↪ ${node.reference_to.cycle ? words.cycle : words.again}`);
    const text = make("span", { class: "text", part: "text" }, make("span", this.#own, node.text));
    if (notes.length) text.append(make("span", { class: "note" }, notes.join(" · ")));
    return [
      make("span", { class: "twist", "aria-hidden": "true" }, node.child_count ? "▸" : ""),
      make("span", { class: node.via ? "sign" : "" }, node.via ? make("span", { "aria-hidden": "true" }, SIGNS[node.via.kind]) : null, unseen("")),
      text, worth,
    ];
  }

  /** Show what came below a node, level by level, so that the page can draw in between. */
  async #fill(node, isNews, goesOn) {
    const waiting = [node];
    let made = 0;
    while (waiting.length) {
      const next = waiting.shift();
      const item = this.#items.get(next.id);
      if (!item?.group) continue;
      const isOpen = !item.group.firstChild || item.row.ariaExpanded === "true";
      if (!next.children.length) {
        if (!isOpen) item.group.replaceChildren(); // to be asked for when it is opened again
        continue;
      }
      this.#append(item, next.children, 0, isNews);
      if (!isOpen) this.#show(item, false);
      waiting.push(...next.children);
      made += next.children.length;
      if (made >= CHUNK) { made = 0; await pause(); if (!goesOn()) return; }
    }
  }

  #show(item, isOpen) {
    item.group.hidden = !isOpen;
    item.row.ariaExpanded = String(isOpen);
  }

  /** Show children of a place from a position on; those that are there stay the elements that they are. */
  #append(item, children, shown, isNews = false) {
    const { group, level, node } = item;
    const rows = children.map((child, index) => this.#item(child, level + 1, shown + index + 1, node.child_count, isNews).li);
    const end = shown + rows.length;
    const left = node.child_count - end;
    if (item.next && left > 0) {
      const row = make("div", { role: "treeitem", class: "row", tabindex: -1, "data-more": node.id, "aria-level": level + 1, "aria-selected": "false",
        "aria-posinset": end + 1, "aria-setsize": node.child_count }, make("span"), make("span"), `${this.words.more} (${left})`);
      rows.push(make("li", { role: "none", class: "more" }, row));
    }
    for (const [index, li] of rows.entries()) {
      const there = group.children[shown + index] ?? null;
      if (there !== li) group.insertBefore(li, there);
    }
    while (group.children.length > shown + rows.length) group.lastElementChild.remove();
    this.#show(item, true);
  }

  async #expand(item) {
    if (!item.group || item.row.ariaExpanded === "true") return;
    if (item.group.children.length) this.#show(item, true);
    else await this.#page(item, { under: item.node.id, depth: 1 });
    this.#tell("expand", { node: item.node, expanded: true });
  }

  async #page(item, asked) {
    item.row.ariaBusy = "true";
    try {
      const { root } = await this.#get(`${this.#place().claim}/tree${this.#query(asked)}`);
      item.next = root.next;
      this.#append(item, root.children, item.group.querySelectorAll(":scope > li:not(.more)").length);
    } finally { item.row.ariaBusy = null; }
  }

  #collapse(item) {
    if (!item.group || item.row.ariaExpanded !== "true") return;
    this.#show(item, false);
    this.#tell("expand", { node: item.node, expanded: false });
  }

  /** Open a place that is there. */
  async unfold(id) {
    const item = this.#items.get(id);
    try { if (item) await this.#expand(item); } catch (error) { this.#fail(error); }
  }

  /** Open what is above a place, and go there. */
  async reveal(id) {
    const parts = id.split("_");
    for (let length = 1; length < parts.length; length += 2) {
      const item = this.#items.get(parts.slice(0, length).join("_"));
      if (!item) return;
      await this.#expand(item);
      const below = parts.slice(0, length + 2).join("_");
      while (!this.#items.has(below) && item.next) await this.#page(item, { cursor: item.next, depth: 1 });
    }
    const found = this.#items.get(id);
    if (found) { this.#rove(found.row, true); await this.#select(found); }
  }

  // Moving about.

  #rove(row, takesFocus) {
    this.#tree.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    row.setAttribute("tabindex", "0");
    if (takesFocus) row.focus();
  }

  #visible() {
    return [...this.#tree.querySelectorAll("[role=treeitem]")].filter((row) => !row.closest("[hidden]"));
  }

  /** The row below whose place another row stands; null at the root. */
  #above(row) { return row.parentElement.parentElement.closest("[role=group]")?.previousElementSibling ?? null; }

  async #more(row) {
    const item = this.#items.get(this.#above(row).dataset.id);
    const { length } = item.group.children;
    await this.#page(item, { cursor: item.next, depth: 1 });
    this.#rove(item.group.children[length - 1].firstElementChild, true);
  }

  async #click(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row) return;
    try {
      const item = this.#items.get(row.dataset.id);
      if (!item) { await this.#more(row); return; }
      this.#rove(row, true);
      if (event.target.closest(".twist")) {
        if (row.ariaExpanded === "true") this.#collapse(item); else await this.#expand(item);
      } else await this.#select(item);
    } catch (error) { this.#fail(error); }
  }

  async #key(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = this.#items.get(row.dataset.id);
    const all = this.#visible();
    const at = all.indexOf(row);
    const isTurned = this.#tree.dir === "rtl";
    const key = isTurned ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key] ?? event.key : event.key;
    const go = (to) => to && this.#rove(to, true);
    const does = {
      ArrowDown: () => go(all[at + 1]),
      ArrowUp: () => go(all[at - 1]),
      Home: () => go(all[0]),
      End: () => go(all.at(-1)),
      ArrowRight: () => (row.ariaExpanded === "true" ? go(item.group.firstElementChild.firstElementChild) : item && this.#expand(item)),
      ArrowLeft: () => (row.ariaExpanded === "true" ? this.#collapse(item) : go(this.#above(row))),
      "*": () => Promise.all([...row.parentElement.parentElement.children].map((each) => this.#items.get(each.firstElementChild.dataset.id)).filter(Boolean).map((each) => this.#expand(each))),
      Enter: () => this.#enter(row, item),
      " ": () => this.#enter(row, item),
    }[key];
    if (!does && key.length !== 1) return;
    event.preventDefault();
    event.stopPropagation();
    try { await (does ? does() : this.#find(key, all, at)); } catch (error) { this.#fail(error); }
  }

  #enter(row, item) {
    if (!item) return this.#more(row);
    const reference = item.node.reference_to;
    return reference && this.#selected === item.node.id ? this.reveal(reference.id) : this.#select(item);
  }

  /** Go to the next row whose text begins with what is typed. */
  #find(character, all, at) {
    const now = performance.now();
    const before = now - this.#typed.at < 700 ? this.#typed.text : "";
    const text = before + character.toLocaleLowerCase();
    this.#typed = { text, at: now };
    const start = before ? at : at + 1;
    const order = [...all.slice(start), ...all.slice(0, start)];
    const found = order.find((each) => this.#items.get(each.dataset.id)?.node.text.toLocaleLowerCase().startsWith(text));
    if (found) this.#rove(found, true);
  }

  // The panel: passages and reasons.

  async #select(item) {
    this.#tree.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    const wasSelected = this.#selected;
    this.#selected = item?.node.id ?? null;
    if (!item) { this.#panel.hidden = true; this.#body.classList.remove("with"); return; }
    item.row.ariaSelected = "true";
    if (this.#selected !== wasSelected) this.#tell("select", { node: item.node });
    if (this.getAttribute("details") === "none") return;
    if (this.#selected !== wasSelected || this.#panel.hidden) {
      this.#describe(item);
      item.row.scrollIntoView({ block: "nearest" }); // not under the panel
    }
    const { node } = item;
    const [heading, status] = this.#panel.querySelectorAll("h2, .status");
    heading.textContent = node.text;
    status.textContent = [this.#leads(node), node.claim, node.verdict && this.words[node.verdict]].filter(Boolean).join(" · ");
    try {
      const { map } = this.#place();
      const path = `${map}/claims/${node.claim}`;
      const [claim, why] = await Promise.all([this.#get(`${path}${this.#query({}, ["at"])}`),
        this.#get(`${path}/explanation${this.#query({}, ["rule", "at"])}`)]);
      const texts = await this.#texts(map, why.contributions.claims.filter(({ value }) => value).slice(0, MOST).map(({ key }) => key));
      const passages = await this.#passages(map, claim.passages);
      if (this.#selected !== node.id) return;
      const told = [...this.#reasons(why, texts), make("h3", {}, this.words.passages), passages];
      this.#panel.querySelector(".reasons").replaceChildren(...told);
    } catch (error) { this.#fail(error); }
  }

  /** Open the panel for what is selected; what it tells comes as it is known. */
  #describe({ node, row }) {
    const { words } = this;
    const close = make("button", { type: "button", class: "close", "aria-label": words.close }, "×");
    close.addEventListener("click", () => { this.#select(null); row.focus(); });
    const there = make("button", { type: "button", hidden: !node.reference_to }, `↪ ${words.again}`);
    there.addEventListener("click", () => this.reveal(node.reference_to.id).catch((error) => this.#fail(error)));
    this.#panel.replaceChildren(close, make("h2", this.#own), make("p", { class: "status" }), make("slot", { name: "actions" }), there, make("div", { class: "reasons" }));
    this.#panel.hidden = false;
    this.#body.classList.add("with");
  }

  #reasons(why, texts) {
    const rows = why.contributions.claims.filter(({ value }) => value).slice(0, MOST)
      .map(({ key, value }) => make("li", {}, `${signed(value)} `, make("span", this.#own, texts.get(key))));
    const sources = why.contributions.sources.filter(({ value }) => value).slice(0, MOST)
      .map(({ key, value }) => make("li", {}, `${signed(value)} ${key}`));
    return [
      make("h3", {}, this.words.reasons), rows.length ? make("ul", {}, ...rows) : make("p", {}, this.words.none),
      make("p", { class: "status" }, `${this.words.each} ${why.note}`),
      ...(sources.length ? [make("h3", {}, this.words.sources), make("ul", {}, ...sources)] : []),
    ];
  }

  /** What claims say: from the tree, or asked for. */
  async #texts(map, claims) {
    const texts = new Map([...this.#items.values()].map(({ node }) => [node.claim, node.text]));
    const missing = claims.filter((claim) => !texts.has(claim));
    const asked = missing.map((claim) => this.#get(`${map}/claims/${claim}${this.#query({ fields: "key,text" }, ["at"])}`));
    for (const { key, text } of await Promise.all(asked)) texts.set(key, text);
    return texts;
  }

  async #passages(map, passages) {
    if (!passages.length) return make("p", {}, this.words.none);
    const list = make("ul");
    for (const passage of passages) {
      const quoted = await this.#get(`${map}/sources/${passage.source}/passages/${passage.passage}/quote${this.#query({}, ["at"])}`);
      const by = passage.attributed_to ? ` (${passage.attributed_to})` : "";
      list.append(make("li", {},
        quoted.quote === null ? make("p", { class: "status" }, this.words.noText) : make("blockquote", { dir: "auto", lang: TAG.test(quoted.language) ? quoted.language : null },
          make("span", { class: "around" }, quoted.before ?? ""), make("mark", {}, quoted.quote), make("span", { class: "around" }, quoted.after ?? "")),
        make("p", { class: "status" }, `${passage.source}, ${passage.passage}: ${this.words[passage.stance]}${by}`)));
    }
    return list;
  }
}

customElements.define("argument-tree", ArgumentTree);
