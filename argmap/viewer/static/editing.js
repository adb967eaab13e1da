/** Changes of a map. What somebody else has changed meanwhile is merged by choice. */

import { ask, dialog, field, here, make, own, page, Refused } from "./kit.js";

const KINDS = ["claim", "fact", "value", "prediction", "policy", "position"];
const SAID = { support: "Support", rebut: "Rebut", undercut: "Undercut" };

function claimFields({ text = "", kind = "claim", base_score: base = null } = {}) {
  const area = make("textarea", { name: "text", rows: 4, required: true, maxlength: 5000, ...own() });
  area.value = text;
  const kinds = make("select", { name: "kind" }, KINDS.map((each) => make("option", { selected: each === kind }, each)));
  const score = make("input", { name: "base_score", type: "number", min: 0, max: 1, step: "any", value: base });
  return [field("Text", area), field("Kind", kinds), field("Base score, 0 to 1 (may be left out)", score)].flat();
}

const claimOf = ({ text, kind, base_score: base }) => ({ text, kind, base_score: base === "" ? null : Number(base) });

const change = (operations, message) => ask(`${here}/changes`, { method: "POST", body: { operations, message } });

/** Add a claim that stands alone, under debate if nothing else is; goes to its page. */
export async function addClaim() {
  const { rev, targets } = await ask(`${here}?fields=rev,targets`);
  const debated = make("p", {}, make("label", {}, make("input", { name: "debated", type: "checkbox", checked: !targets.length }), " It is under debate"));
  const made = await dialog("Add a claim", [...claimFields(), debated], {
    save: ({ debated: isDebated, ...typed }) => change([
      { op: "add", claim: { key: "$new", ...claimOf(typed) } },
      ...(isDebated ? [{ op: "replace", map: page.map, set: { targets: [...targets, "$new"] }, if: `r${rev}` }] : []),
    ], "added in the viewer"),
  });
  if (made) location.assign(`/maps/${page.map}/claims/${made.items[0].key}`);
}

/** Add a claim that supports, rebuts or undercuts; gives the new revision, or null. */
export async function answer(kind, target, text) {
  const made = await dialog(`${SAID[kind]}: ${text}`, claimFields(), {
    save: (typed) => change([
      { op: "add", claim: { key: "$new", ...claimOf(typed) } },
      { op: "add", relation: { kind, premises: ["$new"], target } },
    ], `${kind} added in the viewer`),
  });
  return made?.revision ?? null;
}

/** Add a claim that counts only jointly with the premises of a relation; gives the new revision, or null. */
export async function link(key) {
  const { rev, premises } = await ask(`${here}/relations/${key}?fields=rev,premises`);
  const made = await dialog(`Link a premise to relation ${key}: they count jointly`, claimFields(), {
    save: (typed) => change([
      { op: "add", claim: { key: "$new", ...claimOf(typed) } },
      { op: "replace", relation: key, set: { premises: [...premises, "$new"] }, if: `r${rev}` },
    ], "premise linked in the viewer"),
  });
  return made?.revision ?? null;
}

/** Put a claim under debate, or out of it; gives the new revision. */
export async function debate(key) {
  const { rev, targets } = await ask(`${here}?fields=rev,targets`);
  const others = targets.filter((each) => each !== key);
  const wanted = others.length < targets.length ? others : [...targets, key];
  page.targets = wanted.join(" ");
  return (await ask(here, { method: "PATCH", body: { targets: wanted }, headers: { "If-Match": `"r${rev}"` } })).rev;
}

/** What a map says of itself, as fields of a dialog. */
export function mapFields({ title = "", description = "", language = null } = {}) {
  const about = make("textarea", { name: "description", rows: 3, dir: "auto" });
  about.value = description;
  return [
    field("Title", make("input", { name: "title", required: true, maxlength: 500, dir: "auto", value: title })),
    field("What is debated", about),
    field("Language of its claims, as in “en” or “ja” (may be left out)", make("input", { name: "language", value: language })),
  ].flat();
}

export const mapOf = ({ title, description, language }) => ({ title, description, language: language.trim() || null });

/** Edit what the map says of itself; gives what it is then, or null. */
export const editMap = () => editItem(here, "Edit the map", mapFields, mapOf);

/** Edit a claim; gives what it is then, or null. */
export const edit = (key) => editItem(`${here}/claims/${key}`, "Edit the claim", claimFields, claimOf);

/** Change how much a relation carries; gives what it is then, or null. */
export function weigh(key) {
  const fields = ({ weight }) => field("Weight, 0 (carries nothing) to 1 (carries all)",
    make("input", { name: "weight", type: "number", min: 0, max: 1, step: "any", required: true, value: weight }));
  return editItem(`${here}/relations/${key}`, `Weight of relation ${key}`, fields, ({ weight }) => ({ weight: Number(weight) }));
}

/** Edit an item in a dialog: `fields` are made of what it is, `bodyOf` of what is typed. */
export async function editItem(path, title, fields, bodyOf) {
  const before = await ask(path);
  return dialog(title, fields(before), {
    save: (typed) => {
      const changed = Object.entries(bodyOf(typed)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
      return changed.length ? patch(path, before, Object.fromEntries(changed)) : null;
    },
  });
}

async function patch(path, before, changed) {
  try {
    return await ask(path, { method: "PATCH", body: changed, headers: { "If-Match": `"r${before.rev}"` } });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 412) throw error;
  }
  const theirs = await ask(path);
  const chosen = await merge(before, theirs, changed);
  if (!chosen) throw new Error("Somebody else has changed this meanwhile; nothing is saved yet.");
  return Object.keys(chosen).length ? patch(path, theirs, chosen) : theirs;
}

/** Somebody was quicker: of every member that both changed, one is chosen. */
function merge(before, theirs, mine) {
  const shown = (value) => (value === null ? "none" : typeof value === "object" ? JSON.stringify(value) : value);
  const rows = Object.keys(mine).map((name) => {
    const option = (value, whose, isChosen) => make("label", {},
      make("input", { type: "radio", name, value: whose, checked: isChosen }), ` ${whose === "mine" ? "Yours" : "Theirs"}: `, make("span", own(), shown(value)));
    const isTheirs = JSON.stringify(theirs[name]) !== JSON.stringify(before[name]);
    return make("fieldset", {}, make("legend", {}, name.replaceAll("_", " ")), option(mine[name], "mine", true), option(theirs[name], "theirs", false),
      isTheirs ? null : make("p", { class: "quiet" }, "They did not change this."));
  });
  const note = make("p", {}, "Somebody else has changed this while you edited it. Choose what holds; nothing is saved before.");
  return dialog("Changed meanwhile", [note, ...rows], {
    say: "Save what I chose",
    save: (typed) => Object.fromEntries(Object.entries(mine).filter(([name]) => typed[name] === "mine")),
  });
}

/** Remove an item, and what rests on it, after asking. Says whether it is gone. */
export async function remove(path, rev, title, text) {
  return (await dialog(title, make("p", {}, text), {
    say: "Remove",
    save: async () => {
      await ask(`${path}?cascade=true`, { method: "DELETE", headers: { "If-Match": `"r${rev}"` } });
      return true;
    },
  })) === true;
}

/** Undo what made a revision; gives the new one. */
export async function undo(revision) {
  return (await ask(`${here}/changes/${revision}/revert`, { method: "POST" })).revision;
}
