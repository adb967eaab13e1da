/** A claim: its tree, why it scores so, what-if by clicking, the brief, and editing. */

import { answer, debate, edit, link, remove, undo, weigh } from "./editing.js";
import { bearer } from "./key.js";
import { all, api, ask, attempt, delta, here, make, number, own, page, show, tabs, tell, toClaim, verdict } from "./kit.js";

const tree = document.querySelector("argument-tree");
const at = page.at ? `&at=${page.at}` : "";
const muted = new Map(); // what is left out, by "kind key", with the text that names it
const done = []; // revisions that were made here, to be undone
let shown = null; // the revision that the tabs are of

// What-if: nothing is saved.

const tried = make("section", { class: "well", hidden: true, "aria-label": "What if", "aria-live": "polite" });

function toggle(kind, key, text) {
  const name = `${kind} ${key}`;
  if (!muted.delete(name)) muted.set(name, text);
  return tryOut();
}

/** Muting a claim mutes every relation that it is a premise of; what is gone meanwhile needs no muting. */
async function operations() {
  const isMuted = ({ key, premises }) => muted.has(`relation ${key}`) || premises.some((claim) => muted.has(`claim ${claim}`));
  return (await relations()).filter(isMuted).map(({ key }) => ({ op: "replace", relation: key, set: { weight: 0 } }));
}

let uses = null;
const relations = () => (uses ??= all(`${here}/relations?limit=500&fields=key,premises${at}`));

async function tryOut() {
  tree.muted = [...muted.keys()].map((name) => name.split(" ")[1]);
  showActions();
  tried.hidden = muted.size === 0;
  if (!muted.size) return;
  const targets = [...new Set([page.claim, ...(page.targets ? page.targets.split(" ") : [])])];
  const tries = await operations();
  const heading = make("h2", {}, "What if these were left out?");
  const list = make("ul", {}, [...muted].map(([name, text]) => make("li", {}, make("span", own(), text), " ",
    make("button", { type: "button", "aria-label": `Put back: ${text}`, click: () => attempt(() => toggle(...name.split(" "), text)) }, "Put back"))));
  if (!tries.length) { show(tried, heading, list, make("p", {}, "Nothing rests on it: all stays as it is.")); return; }
  const { results } = await ask(`${here}/what-if${page.at ? `?at=${page.at}` : ""}`, {
    method: "POST", body: { operations: tries, rules: [{ rule: page.rule }], targets },
  });
  const [{ targets: effects, problem }] = results;
  if (problem) throw new Error(problem.detail);
  const texts = await Promise.all(targets.map((key) => ask(`${here}/claims/${key}?fields=text${at}`)));
  const changes = targets.map((key, index) => {
    const { before, after, delta: change } = effects[key];
    return make("li", { "data-effect": key }, toClaim(key, texts[index].text), make("br"),
      `${number(before.strength)} `, verdict(before.verdict, { short: true }), " → ", `${number(after.strength)} `,
      verdict(after.verdict, { short: before.verdict === after.verdict }), " ", delta(change));
  });
  show(tried, heading, list, make("h3", {}, "Then"), make("ul", {}, changes), make("p", { class: "quiet" }, "Nothing of this is saved."));
}

// What can be done with the claim that is selected.

const actions = make("div");
tree.append(make("div", { slot: "actions" }, actions, tried));
const groups = Object.fromEntries(["Claim", "Relation"].map((name) => [
  name, make("div", { class: "bar", role: "group", "aria-label": name }, make("span", { class: "quiet" }, name)),
]));
const buttons = new Map();
actions.append(...Object.values(groups));

/** A button, the same one whenever it is for the same: so the focus stays on it. */
function button(name, text, work) {
  if (!buttons.has(name)) buttons.set(name, make("button", { type: "button" }));
  const made = buttons.get(name);
  if (made.textContent !== text) made.textContent = text;
  made.onclick = () => attempt(work);
  return made;
}

function fillGroup(name, wanted) {
  const group = groups[name];
  const [label, ...there] = group.children;
  group.hidden = wanted.length === 0;
  if (wanted.some((each, index) => !(each === there[index] || each.isEqualNode(there[index]))) || wanted.length !== there.length) group.replaceChildren(label, ...wanted);
}

function showActions() {
  const { node } = tree;
  if (!node) return;
  const { via } = node;
  const isOut = (kind, key) => muted.has(`${kind} ${key}`);
  const target = { claim: node.claim };
  const ofClaim = [button("mute", isOut("claim", node.claim) ? "Put back" : "Mute claim", () => toggle("claim", node.claim, node.text))];
  if (!page.at) {
    ofClaim.push(
      button("support", "Support", () => write(answer("support", target, node.text), node)),
      button("rebut", "Rebut", () => write(answer("rebut", target, node.text), node)),
      button("edit", "Edit", () => write(edit(node.claim))),
      button("remove", "Remove", () => takeAway("claim", node)),
      make("a", { href: `/maps/${page.map}/sources?for=${node.claim}` }, "Add a passage"),
    );
  }
  if (node.claim !== page.claim) ofClaim.push(toClaim(node.claim, "Open"));
  else if (!page.at) ofClaim.push(button("debate", page.targets.split(" ").includes(node.claim) ? "Out of debate" : "Put under debate", () => write(debate(node.claim))));
  fillGroup("Claim", ofClaim);
  const ofRelation = via ? [button("mute relation", isOut("relation", via.relation) ? "Put relation back" : "Mute relation",
    () => toggle("relation", via.relation, `${via.relation}: ${node.text}`))] : [];
  if (via && !page.at) {
    ofRelation.push(
      button("undercut", "Undercut", () => write(answer("undercut", { relation: via.relation }, node.text), node)),
      button("link", "Link a premise", () => write(link(via.relation))),
      button("weigh", `Weight ${number(via.weight)}`, () => write(weigh(via.relation))),
      button("remove relation", "Remove relation", () => takeAway("relation", node)),
    );
  }
  fillGroup("Relation", ofRelation);
}

async function takeAway(kind, { claim, rev, via }) {
  const [key, known] = kind === "claim" ? [claim, rev] : [via.relation, via.rev];
  const note = kind === "claim" ? "Relations that start from it or lead to it are removed with it." : "The claims at its ends stay; what undercuts or backs it is removed with it.";
  if (!(await remove(`${here}/${kind}s/${key}`, known, `Remove this ${kind}?`, `${note} It can be undone.`))) return;
  if (key === page.claim && kind === "claim") { location.assign(`/maps/${page.map}`); return; }
  await changed(await newest());
}

const newest = async () => (await ask(`${here}?fields=revision`)).revision;

/** Show what was written; what is new below a node is unfolded. */
async function write(work, above = null) {
  const made = await work;
  if (made === null) return;
  await changed(typeof made === "number" ? made : made.rev);
  if (above) await tree.unfold(above.id);
}

async function changed(revision) {
  done.push(revision);
  await tree.refresh({ isQuiet: true });
  showActions();
  tell(`Saved as revision ${revision}. `);
  const undoing = make("button", { type: "button", click: () => attempt(takeBack) }, "Undo");
  document.getElementById("told").append(undoing);
}

async function takeBack() {
  const revision = done.pop();
  const made = await undo(revision);
  await tree.refresh({ isQuiet: true });
  tell(`Revision ${revision} is undone by revision ${made}.`);
}

/** Follow the tree, which follows the map: all else here is of the same revision. */
async function keepUp({ detail }) {
  uses = null;
  await Promise.all([standing(), tryOut(), shown === detail.revision ? null : views.refresh()]);
  shown = detail.revision;
}

async function standing() {
  const [claim, { root }] = await Promise.all([
    ask(`${here}/claims/${page.claim}?fields=text${at}`),
    ask(`${here}/claims/${page.claim}/tree?depth=0&rule=${page.rule}${at}`),
  ]);
  document.querySelector("h1").textContent = claim.text;
  document.title = claim.text;
  document.getElementById("standing").replaceChildren(verdict(root.verdict), " ", number(root.strength), " ",
    make("span", { class: "quiet" }, `by ${page.rule}`));
}

// What is worked out from the map.

const path = `${here}/claims/${page.claim}`;

/** Passages that cannot be quoted and are cited alike are told once. */
const told = (citations) => citations.filter(({ quote, citation }, index) => quote || index === citations.findIndex((each) => !each.quote && each.citation === citation));

async function brief(side) {
  const found = await ask(`${path}/brief?side=${side}&rule=${page.rule}${at}`);
  const block = ({ premises, contribution, citations, words }) => make("li", {},
    premises.flatMap(({ claim, text }) => [toClaim(claim, text), " "]), contribution === undefined ? null : delta(contribution),
    told(citations ?? []).map((cited) => cited.quote ? make("blockquote", { dir: "auto" }, cited.quote, make("p", { class: "quiet" }, cited.citation)) : make("p", { class: "quiet" }, cited.citation)));
  const expected = (each) => make("li", {}, each.premises.flatMap(({ claim, text }) => [toClaim(claim, text), " "]),
    make("span", { class: each.unanswered ? "problem" : "quiet" }, each.unanswered ? "unanswered" : "answered"));
  return [
    make("p", {}, make("a", { href: `${path}/brief.md?side=${side}&rule=${page.rule}${at}` }, "As Markdown")),
    make("h2", {}, "Own case, the strongest first"), found.case.length ? make("ol", {}, found.case.map(block)) : make("p", {}, "None."),
    make("h2", {}, "To be expected"), found.expected.length ? make("ol", {}, found.expected.map(expected)) : make("p", {}, "None."),
  ];
}

async function reasons() {
  const why = await ask(`${path}/explanation?rule=${page.rule}${at}`);
  const line = (each, name) => make("li", {}, delta(each.value), " ", name(each.key));
  const first = (list) => list.slice(0, 12);
  const group = (title, list, name) => [make("h2", {}, title), list.length ? make("ul", {}, first(list).map((each) => line(each, name))) : make("p", {}, "None.")];
  const links = await Promise.all(first(why.contributions.relations).map(({ key }) => ask(`${here}/relations/${key}?fields=key,kind,premises${at}`)));
  const linked = new Map(links.map((each) => [each.key, each]));
  const keys = [...new Set([...first(why.contributions.claims).map(({ key }) => key), ...links.flatMap(({ premises }) => premises)])];
  const texts = await Promise.all(keys.map((key) => ask(`${here}/claims/${key}?fields=key,text${at}`)));
  const named = new Map(texts.map(({ key, text }) => [key, text]));
  const relation = (key) => [`${linked.get(key).kind} by `, ...linked.get(key).premises.flatMap((each) => [toClaim(each, named.get(each)), " "]), make("span", { class: "quiet" }, key)];
  return [
    make("p", {}, `Base score ${number(why.base)}, strength ${number(why.strength)}. Each ${why.note}.`),
    why.converged ? null : make("p", { class: "problem" }, "The numbers did not settle."),
    group("By claim", why.contributions.claims, (key) => toClaim(key, named.get(key))),
    group("By relation", why.contributions.relations, relation),
    group("By source", why.contributions.sources, (key) => key),
  ].flat().filter(Boolean);
}

async function rules() {
  const { items } = await ask(`${api}/rules`);
  const asked = items.filter((rule) => rule.is_shipped);
  const { results } = await ask(`${here}/evaluations${page.at ? `?at=${page.at}` : ""}`, { method: "POST", body: { rules: asked.map(({ name }) => ({ rule: name })) } });
  const rows = results.map(({ rule, evaluation, problem }, index) => {
    const worth = evaluation?.claims[page.claim];
    return make("tr", {}, make("th", { scope: "row" }, make("a", { href: `?rule=${rule}${at}` }, asked[index].title)),
      make("td", {}, worth ? number(worth.strength) : problem.detail), make("td", {}, verdict(worth?.verdict)), make("td", {}, worth ? `rank ${worth.rank}` : ""));
  });
  return make("div", { class: "wide", tabindex: 0 }, make("table", {}, make("thead", {},
    make("tr", {}, ["Rule", "Strength", "Verdict", "Rank"].map((each) => make("th", { scope: "col" }, each)))), make("tbody", {}, rows)));
}

async function gaps() {
  const { gaps: found } = await ask(`${here}/gaps?rule=${page.rule}&limit=500${at}`);
  const own = found.filter((gap) => gap.claim === page.claim || gap.why.includes(page.claim));
  return own.length ? make("ul", {}, own.map(({ kind, why }) => make("li", {}, `${kind}: ${why}`))) : make("p", {}, "None about this claim.");
}

const views = tabs({
  Arguments: () => tree, "Why it scores so": reasons, "All rules": rules, "Case for": () => brief("pro"), "Case against": () => brief("con"), Gaps: gaps,
}, ["Arguments"]);
document.getElementById("tools").append(views.element);
await views.show(0);
await import("./argument-tree.js"); // which begins to load where it stands, so it stands there first
if (bearer().Authorization) tree.headers = bearer();

tree.addEventListener("argument-select", showActions);
tree.addEventListener("argument-load", (event) => attempt(() => keepUp(event)));
tree.addEventListener("argument-rule", ({ detail }) => {
  const url = new URL(location);
  url.searchParams.set("rule", detail.rule);
  history.replaceState(null, "", url);
  page.rule = detail.rule;
  shown = null; // and is loaded under that rule
});
