/** Changes of a map. A claim that somebody else has changed meanwhile is merged by choice. */

import { ask, dialog, field, here, make, Refused } from "./kit.js";

const KINDS = ["claim", "fact", "value", "prediction", "policy", "position"];
const SAID = { support: "Support", rebut: "Rebut", undercut: "Undercut" };

function claimFields({ text = "", kind = "claim", base_score: base = null } = {}) {
  const area = make("textarea", { name: "text", rows: 4, required: true, maxlength: 5000, dir: "auto" });
  area.value = text;
  const kinds = make("select", { name: "kind" }, KINDS.map((each) => make("option", { selected: each === kind }, each)));
  const score = make("input", { name: "base_score", type: "number", min: 0, max: 1, step: "any", value: base });
  return [field("Text", area), field("Kind", kinds), field("Base score, 0 to 1 (may be left out)", score)].flat();
}

const claimOf = ({ text, kind, base_score: base }) => ({ text, kind, base_score: base === "" ? null : Number(base) });

const change = (operations, message) => ask(`${here}/changes`, { method: "POST", body: { operations, message } });

/** Add a claim that stands alone; goes to its page. */
export async function addClaim() {
  const typed = await dialog("Add a claim", claimFields());
  if (!typed) return;
  const { items } = await change([{ op: "add", claim: { key: "$new", ...claimOf(typed) } }], "added in the viewer");
  location.assign(`${location.pathname.replace(/\/claims\/.*/, "")}/claims/${items[0].key}`);
}

/** Add a claim that supports, rebuts or undercuts; gives the new revision, or null. */
export async function answer(kind, target, text) {
  const typed = await dialog(`${SAID[kind]}: ${text}`, claimFields());
  if (!typed) return null;
  const { revision } = await change([
    { op: "add", claim: { key: "$new", ...claimOf(typed) } },
    { op: "add", relation: { kind, premises: ["$new"], target } },
  ], `${kind} added in the viewer`);
  return revision;
}

/** Edit a claim; gives what it is then, or null. */
export async function edit(key) {
  const before = await ask(`${here}/claims/${key}`);
  const typed = await dialog("Edit the claim", claimFields(before));
  if (!typed) return null;
  const wanted = claimOf(typed);
  const changed = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== before[name]));
  return Object.keys(changed).length ? patch(key, before, changed) : null;
}

async function patch(key, before, changed) {
  try {
    return await ask(`${here}/claims/${key}`, { method: "PATCH", body: changed, headers: { "If-Match": `"r${before.rev}"` } });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 412) throw error;
  }
  const theirs = await ask(`${here}/claims/${key}`);
  const chosen = await merge(before, theirs, changed);
  return chosen && Object.keys(chosen).length ? patch(key, theirs, chosen) : theirs;
}

/** Somebody was quicker: of every member that both changed, one is chosen. */
async function merge(before, theirs, mine) {
  const rows = Object.keys(mine).map((name) => {
    const option = (value, whose, isChosen) => make("label", {},
      make("input", { type: "radio", name, value: whose, checked: isChosen }), ` ${whose === "mine" ? "Yours" : "Theirs"}: ${value ?? "none"}`);
    const isTheirs = theirs[name] !== before[name];
    return make("fieldset", {}, make("legend", {}, name.replace("_", " ")), option(mine[name], "mine", true), option(theirs[name], "theirs", false),
      isTheirs ? null : make("p", { class: "quiet" }, "They did not change this."));
  });
  const note = make("p", {}, "Somebody else has changed this claim while you edited it. Choose what holds; nothing is saved before.");
  const typed = await dialog("Changed meanwhile", [note, ...rows], { say: "Save what I chose" });
  if (!typed) return null;
  return Object.fromEntries(Object.entries(mine).filter(([name]) => typed[name] === "mine"));
}

/** Remove a claim; if relations use it, they are named and asked about. Says whether it is gone. */
export async function remove(key, rev) {
  const path = `${here}/claims/${key}`;
  const headers = { "If-Match": `"r${rev}"` };
  const sure = await dialog("Remove this claim?", [make("p", {}, "Relations that start from it or lead to it are removed with it. It can be undone.")], { say: "Remove" });
  if (!sure) return false;
  await ask(`${path}?cascade=true`, { method: "DELETE", headers });
  return true;
}

/** Undo what made a revision; gives the new one. */
export async function undo(revision) {
  return (await ask(`${here}/changes/${revision}/revert`, { method: "POST" })).revision;
}
