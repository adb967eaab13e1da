/** The history of a map: how scores went over its revisions, and what can be undone. */

import { undo } from "./editing.js";
import { live } from "./live.js";
import { ask, attempt, here, make, number, page } from "./kit.js";

const MOST = 40; // revisions that a curve has, spread evenly over all
const WIDTH = 720;
const HEIGHT = 180;
const EDGE = 30;

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

async function strengths(claim) {
  const last = Number(page.revision);
  const step = Math.max(1, Math.ceil(last / MOST));
  const revisions = [...new Set([...Array(last).keys()].map((each) => each + 1).filter((each) => (each - 1) % step === 0).concat(last))];
  const found = [];
  for (const revision of revisions) {
    try {
      const { root } = await ask(`${here}/claims/${claim}/tree?depth=0&at=${revision}`);
      found.push({ revision, strength: root.strength });
    } catch (error) { if (error.problem?.status !== 404) throw error; } // it was not there yet
  }
  return found.filter(({ strength }) => strength !== null);
}

function curve(points, text) {
  const last = Math.max(2, Number(page.revision));
  const x = ({ revision }) => EDGE + ((revision - 1) / (last - 1)) * (WIDTH - 2 * EDGE);
  const y = ({ strength }) => HEIGHT - EDGE - strength * (HEIGHT - 2 * EDGE);
  const line = points.map((each) => `${x(each)},${y(each)}`).join(" ");
  const said = points.map(({ revision, strength }) => `revision ${revision}: ${number(strength)}`).join(", ");
  return svg("svg", { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${text}: ${said}` },
    svg("path", { class: "axis", d: `M${EDGE},${EDGE} V${HEIGHT - EDGE} H${WIDTH - EDGE}` }),
    svg("text", { x: 4, y: EDGE + 4 }, "1.0"), svg("text", { x: 4, y: HEIGHT - EDGE + 4 }, "0.0"),
    svg("text", { x: EDGE, y: HEIGHT - 8 }, "revision 1"), svg("text", { x: WIDTH - EDGE, y: HEIGHT - 8, "text-anchor": "end" }, page.revision === "1" ? "" : page.revision),
    svg("polyline", { class: "line", points: line }),
    ...points.map((each) => svg("circle", { class: "dot", cx: x(each), cy: y(each), r: 3.5 }, svg("title", {}, document.createTextNode(`revision ${each.revision}: ${number(each.strength)}`)))));
}

const targets = page.targets ? page.targets.split(" ") : [];
const place = make("div");
let chosen = targets[0]; // the claim whose curve is drawn

async function draw(claim) {
  chosen = claim;
  const { text } = await ask(`${here}/claims/${claim}?fields=text`);
  const points = await strengths(claim);
  if (claim === chosen) place.replaceChildren(curve(points, text));
}

if (targets.length) {
  const select = make("select", { id: "claim", change: () => attempt(() => draw(select.value)) }, targets.map((each) => make("option", { value: each }, each)));
  attempt(async () => { // and says what they claim as soon as that is known
    for (const option of select.options) option.textContent = (await ask(`${here}/claims/${option.value}?fields=text`)).text;
  });
  document.getElementById("tools").append(make("h2", {}, "Strength by revision"), make("label", { for: "claim" }, "Claim "), select, place);
  attempt(() => draw(targets[0]));
}

/** What was done, and a way back. */
function dress(root) {
  for (const row of root.querySelectorAll("tr[data-revision]")) {
    const { revision } = row.dataset;
    if (revision === "1") continue;
    row.lastElementChild.append(make("button", {
      type: "button", "aria-label": `Undo revision ${revision}`,
      click: () => attempt(async () => keepUp(await undo(revision))),
    }, "Undo"));
  }
}

const keepUp = live({ dress, after: () => chosen && draw(chosen) });
