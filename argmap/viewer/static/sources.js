/** Changes of sources: what is known of them, their texts, passages and what rests on these. */

import { editItem } from "./editing.js";
import { ask, dialog, field, here, make, Refused } from "./kit.js";

const STANCES = ["asserts", "reports", "concedes", "rejects"];
const TRIES = 5; // at adding to a claim that others are changing

const plain = (name, value, more = {}) => make("input", { name, value, dir: "auto", ...more });

function sourceFields({ title = "", authors = [], publisher = "", published_on: day = "", url = "", language = "", credibility = null } = {}) {
  return [
    field("Title", plain("title", title, { required: true, maxlength: 5000 })),
    field("Authors, separated by semicolons", plain("authors", authors.map(({ name }) => name).join("; "))),
    field("Publisher", plain("publisher", publisher)),
    field("Published on (2024, 2024-05 or 2024-05-02)", plain("published_on", day)),
    field("Address", plain("url", url)),
    field("Language of the text, as in “en” or “ja”", plain("language", language)),
    field("Credibility, 0 to 1 (may be left out)", plain("credibility", credibility, { type: "number", min: 0, max: 1, step: "any" })),
  ].flat();
}

function sourceOf({ title, authors, credibility, ...rest }, known = []) {
  const named = authors.split(";").map((name) => name.trim()).filter(Boolean);
  const absent = ([name, value]) => [name, value.trim() === "" ? null : value.trim()];
  const { publisher, published_on: day, url, language } = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === "string").map(absent));
  return {
    title, publisher, published_on: day, url, language,
    authors: named.map((name) => known.find((author) => author.name === name) ?? { name, qualifications: null }),
    credibility: credibility === "" ? null : Number(credibility),
  };
}

function textFields() {
  const area = make("textarea", { name: "text", rows: 8, dir: "auto" });
  const file = make("input", { name: "file", type: "file", accept: "text/plain,.txt,.md" });
  return [field("Text", area), field("or a file of plain text", file)].flat();
}

/** What was pasted, or what is in the file. */
const textOf = ({ text, file }) => (file.size ? file.text() : text);

/** Add a source, with its text if there is one; gives it, or null. */
export const addSource = () => dialog("Add a source", [...sourceFields(), ...textFields()], {
  save: async (typed) => {
    const text = await textOf(typed);
    return ask(`${here}/sources`, { method: "POST", body: { ...sourceOf(typed), ...(text ? { text } : {}) } });
  },
});

/** Edit what is known of a source. */
export function editSource(key) {
  let known = [];
  const fields = (source) => { known = source.authors; return sourceFields(source); };
  return editItem(`${here}/sources/${key}`, "Edit the source", fields, (typed) => sourceOf(typed, known));
}

/** Give a source its text, or a new edition of it: its passages are looked for there. */
export async function putText(key, rev, isEdition) {
  const note = isEdition ? make("p", { class: "quiet" }, "Each passage stays where its words are, moves to the one other place that has them, or is marked as lost.") : null;
  return dialog(isEdition ? "A new edition of the text" : "The text of this source", [note, ...textFields()].filter(Boolean), {
    save: async (typed) => {
      const text = await textOf(typed);
      if (!text) throw Object.assign(new Error("Paste the text, or choose a file of it."), { at: "text" });
      return ask(`${here}/sources/${key}/text${isEdition ? "?edition=new" : ""}`, { method: "PUT", text, headers: { "If-Match": `"r${rev}"` } });
    },
  });
}

/** A field for a claim, which is looked for on the server while words are typed. */
function claimField(chosen) {
  const list = make("datalist", { id: "claims-found" });
  const input = make("input", { name: "claim", list: list.id, autocomplete: "off", value: chosen, placeholder: "Words of the claim, or its key" });
  let last = "";
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    if (words === last || !words) return;
    last = words;
    const { items } = await ask(`${here}/claims?limit=20&fields=key,text&q=${encodeURIComponent(words.slice(0, 500))}`);
    if (words === last) list.replaceChildren(...items.map(({ key, text }) => make("option", { value: key }, text)));
  });
  return [...field("Claim that rests on it (may be left out)", input), list];
}

function referenceFields(chosen) {
  const stance = make("select", { name: "stance" }, STANCES.map((each) => make("option", {}, each)));
  const by = make("input", { name: "attributed_to", dir: "auto" });
  return [...claimField(chosen), ...field("What its author does: says it as their own, reports, concedes or rejects it", stance), ...field("Whose view it is, if not the author’s", by)];
}

/**
 * Make a passage of words of the text, and let a claim rest on it.
 * `found` is where they are: {words, start} in code points of the whole text, or null.
 */
export function addPassage(source, found, claim, readText) {
  const area = make("textarea", { name: "exact", rows: 4, required: true, dir: "auto" });
  area.value = found?.words ?? "";
  const numbers = ["page", "paragraph"].flatMap((name) => field(`${name === "page" ? "Page" : "Paragraph"} (may be left out)`, make("input", { name, type: "number", min: 0 })));
  let made = null; // the passage, once it is there: what goes wrong afterwards does not make it again
  return dialog("Make a passage", [...field("The words, exactly as the text has them", area), ...numbers, ...referenceFields(claim)], {
    save: async (typed) => {
      if (typed.claim) await knownClaim(typed.claim);
      if (!made) {
        const plain = (words) => words.replaceAll(/\r\n?/g, "\n"); // as a textarea has it
        const isFound = found && plain(typed.exact) === plain(found.words);
        const words = isFound ? found.words : plain(typed.exact);
        const start = isFound ? found.start : only(words, await readText());
        const body = { spans: [{ start, end: start + [...words].length }], exact: words };
        for (const name of ["page", "paragraph"]) if (typed[name]) body[name] = Number(typed[name]);
        made = await ask(`${here}/sources/${source}/passages`, { method: "POST", body });
      }
      if (typed.claim) await attach(source, made.key, typed);
      return made;
    },
  });
}

/** Where words are in a text, in code points: there has to be exactly one such place. */
function only(words, text) {
  const first = text.indexOf(words);
  const wrong = (said) => Object.assign(new Error(said), { at: "exact" });
  if (first < 0) throw wrong("These words are not in the text.");
  if (text.indexOf(words, first + 1) >= 0) throw wrong("These words are in several places: select the right one in the text, or give more of it.");
  return [...text.slice(0, first)].length;
}

async function knownClaim(key) {
  try { await ask(`${here}/claims/${encodeURIComponent(key)}?fields=key`); } catch {
    throw Object.assign(new Error("There is no claim of this key: choose one of those found."), { at: "claim" });
  }
}

/** Let a claim rest on a passage, beside what it rests on already. */
export const attachTo = (source, passage, claim) => dialog("A claim that rests on this passage", referenceFields(claim), {
  save: async (typed) => { await knownClaim(typed.claim || " "); return attach(source, passage, typed); },
});

async function attach(source, passage, { claim, stance, attributed_to: by }) {
  const path = `${here}/claims/${claim}`;
  for (let left = TRIES; ; left -= 1) {
    const { rev, passages } = await ask(`${path}?fields=rev,passages`);
    if (passages.some((each) => each.source === source && each.passage === passage && each.stance === stance)) return true;
    const body = { passages: [...passages, { source, passage, stance, attributed_to: by.trim() || null }] };
    try { return await ask(path, { method: "PATCH", body, headers: { "If-Match": `"r${rev}"` } }); } catch (error) {
      if (!(error instanceof Refused) || error.problem.status !== 412 || left === 1) throw error;
    }
  }
}
