/** All maps: here a new one is made. */

import { api, ask, attempt, dialog, field, make } from "./kit.js";

async function add() {
  const typed = await dialog("Make a map", [
    field("Title", make("input", { name: "title", required: true, maxlength: 500, dir: "auto" })),
    field("What is debated", make("textarea", { name: "description", rows: 3, dir: "auto" })),
  ].flat());
  if (!typed) return;
  const { key } = await ask(`${api}/maps`, { method: "POST", body: { title: typed.title, description: typed.description } });
  location.assign(`/maps/${key}`);
}

document.getElementById("tools").append(make("div", { class: "bar" }, make("button", { type: "button", click: () => attempt(add) }, "Make a map")));
