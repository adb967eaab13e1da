/** All maps: here a new one is made. */

import { mapFields, mapOf } from "./editing.js";
import { api, ask, attempt, dialog, make } from "./kit.js";

async function add() {
  const made = await dialog("Make a map", mapFields(), { say: "Make it", save: (typed) => ask(`${api}/maps`, { method: "POST", body: mapOf(typed) }) });
  if (made) location.assign(`/maps/${made.key}`);
}

document.getElementById("tools").append(make("div", { class: "bar" }, make("button", { type: "button", click: () => attempt(add) }, "Make a map")));
