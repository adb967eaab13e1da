/** All maps: here a new one is made. */

import { api, ask, attempt, dialog, field, make } from "./kit.js";

async function add() {
  const made = await dialog("Make a map", [
    field("Title", make("input", { name: "title", required: true, maxlength: 500, dir: "auto" })),
    field("What is debated", make("textarea", { name: "description", rows: 3, dir: "auto" })),
    field("Language of its claims, as in “en” or “ja” (may be left out)", make("input", { name: "language" })),
  ].flat(), { say: "Make it", save: ({ title, description, language }) => ask(`${api}/maps`, { method: "POST", body: { title, description, language: language.trim() || null } }) });
  if (made) location.assign(`/maps/${made.key}`);
}

document.getElementById("tools").append(make("div", { class: "bar" }, make("button", { type: "button", click: () => attempt(add) }, "Make a map")));
