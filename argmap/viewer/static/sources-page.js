/** The sources of a map: here one is added. */

import { live } from "./live.js";
import { attempt, make, page } from "./kit.js";
import { addSource } from "./sources.js";

async function add() {
  const made = await addSource();
  if (made) location.assign(`/maps/${page.map}/sources/${made.key}${page.for ? `?for=${page.for}` : ""}`);
}

document.getElementById("tools").append(make("div", { class: "bar" }, make("button", { type: "button", click: () => attempt(add) }, "Add a source")));
live();
