/** A map: verdicts under all rules, gaps, and what can be added. */

import { addClaim, editMap } from "./editing.js";
import { live } from "./live.js";
import { api, ask, attempt, here, make, number, page, tabs, toClaim, verdict } from "./kit.js";

async function compared() {
  const targets = page.targets ? page.targets.split(" ") : [];
  const { items } = await ask(`${api}/rules`);
  const rules = items.filter((rule) => rule.is_shipped && rule.scale !== "ranking");
  const { results, disagreement } = await ask(`${here}/evaluations`, {
    method: "POST", body: { rules: rules.map((rule) => ({ rule: rule.name })) },
  });
  const parted = new Set(disagreement.claims.map(({ claim }) => claim));
  const shown = targets.length ? targets : [...parted].slice(0, 20);
  if (!shown.length) return make("p", {}, "There is nothing to compare yet.");
  const texts = await textsOf(shown);
  const titles = new Map(rules.map((rule) => [rule.name, rule.title]));
  const good = results.filter((result) => result.evaluation);
  const rows = good.map(({ rule, evaluation }) => make("tr", {},
    make("th", { scope: "row" }, make("a", { href: `?rule=${rule}` }, titles.get(rule))),
    shown.map((key) => make("td", { class: "narrow", title: number(evaluation.claims[key].strength) },
      verdict(evaluation.claims[key].verdict, { short: true })))));
  const heads = shown.map((key, index) => make("th", { scope: "col", class: "narrow", title: texts.get(key) }, String(index + 1)));
  const legend = make("ol", {}, shown.map((key) => make("li", {}, toClaim(key, texts.get(key)),
    parted.has(key) ? make("span", { class: "quiet" }, " – the rules part here") : null)));
  const failed = results.filter((result) => result.problem).map(({ rule, problem }) => make("p", { class: "problem" }, `${rule}: ${problem.detail}`));
  return [
    make("p", { class: "quiet" }, `${parted.size.toLocaleString("en")} ${parted.size === 1 ? "claim has" : "claims have"} different verdicts under different rules. Claims by number:`), legend,
    make("div", { class: "wide", tabindex: 0 }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Rule"), heads)), make("tbody", {}, rows))),
    ...failed, agreement(disagreement.tau_b),
  ];
}

function agreement(pairs) {
  const ranked = pairs.filter(({ value }) => value !== null).sort((a, b) => a.value - b.value).slice(0, 8);
  const rows = ranked.map(({ a, b, value }) => make("tr", {}, make("td", {}, a), make("td", {}, b), make("td", {}, number(value))));
  return make("details", {}, make("summary", {}, "Rules that rank claims least alike (Kendall’s tau-b)"), make("table", {}, make("tbody", {}, rows)));
}

async function textsOf(keys) {
  const found = await Promise.all(keys.map((key) => ask(`${here}/claims/${key}?fields=key,text`)));
  return new Map(found.map(({ key, text }) => [key, text]));
}

async function gaps() {
  const { gaps: found } = await ask(`${here}/gaps?rule=${page.rule}&limit=100`);
  if (!found.length) return make("p", {}, "None.");
  const items = found.map((gap) => make("li", {}, `${gap.kind}: `, gap.claim ? toClaim(gap.claim, gap.why) : gap.why));
  return make("ul", { class: "found" }, items);
}

const tools = tabs({ "Compare rules": compared, Gaps: gaps });
document.getElementById("tools").append(
  make("div", { class: "bar" },
    make("button", { type: "button", click: () => attempt(addClaim) }, "Add a claim"),
    make("button", { type: "button", click: () => attempt(async () => keepUp((await editMap())?.rev ?? 0)) }, "Edit the map")),
  tools.element);
tools.show(0);
const keepUp = live({ after: tools.refresh });
