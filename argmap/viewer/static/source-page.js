/** A source: its text is selected to make passages, which claims then rest on. */

import { remove } from "./editing.js";
import { live } from "./live.js";
import { ask, attempt, here, make, page, send } from "./kit.js";
import { addPassage, attachTo, editSource, putText } from "./sources.js";

const path = `${here}/sources/${page.source}`;
const claim = page.for;
const length = (words) => [...words].length; // in code points, as the API counts

/** What is selected of the text, without the space round it, and where it is; null if nothing is. */
function selected() {
  const selection = getSelection();
  const text = document.getElementById("text");
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const ahead = document.createRange();
  ahead.setStart(text, 0);
  ahead.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const space = words.length - words.trimStart().length;
  if (!words.trim()) return null;
  return { words: words.trim(), start: Number(text.dataset.from) + length(ahead.toString()) + space };
}

async function whole() {
  const answer = await send(`${path}/text`, { headers: { Accept: "text/plain" } });
  return answer.text();
}

/** Do what changes the page, and show it again. */
const write = (work) => () => attempt(async () => { if (await work()) location.reload(); });

const button = (said, click, more = {}) => make("button", { type: "button", click, ...more }, said);

// A press on a button takes the selection away in some browsers, so that it is kept before.
let kept = null;
const passage = button("Make a passage", write(() => addPassage(page.source, kept, claim, whole)), {
  pointerdown: () => { kept = selected(); },
  keydown: () => { kept = selected(); },
});

const tools = make("div", { class: "bar" },
  page.has ? passage : null,
  button("Edit", write(() => editSource(page.source))),
  button(page.has ? "New edition of the text" : "Add its text", write(() => putText(page.source, page.rev, Boolean(page.has)))),
  button("Remove", () => attempt(async () => {
    const note = "Its passages are removed with it; claims that rest on them stay. It can be undone.";
    if (await remove(path, page.rev, "Remove this source?", note)) location.assign(`/maps/${page.map}/sources`);
  })));
const hint = page.has ? make("p", { class: "quiet hint" }, "Select words in the text below, then make a passage of them.") : null;
document.getElementById("tools").append(...[tools, hint].filter(Boolean));

/** Passages, and what can be done with each. */
function dress(root) {
  for (const item of root.querySelectorAll("li[data-passage]")) {
    const key = item.dataset.passage;
    const drop = async () => {
      const { rev } = await ask(`${path}/passages/${key}?fields=rev`);
      return remove(`${path}/passages/${key}`, rev, "Remove this passage?", "Claims that rest on it stay, without it. It can be undone.");
    };
    item.append(make("div", { class: "bar" },
      button("Let a claim rest on it", write(() => attachTo(page.source, key, claim)), { "aria-label": `Let a claim rest on it: ${key}` }),
      button("Remove", write(drop), { "aria-label": `Remove passage ${key}` })));
  }
}

live({ dress });
