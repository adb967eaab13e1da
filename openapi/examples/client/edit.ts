// A page of one's own: the element shows the tree, the typed client changes a claim.
// The node that is selected carries `rev`, so editing needs no further request.

import type { Schemas } from "../../argmap.d.ts";
import { Client } from "./client.js";

type Tree = HTMLElement & { node: Schemas["Node"] | null; refresh(): Promise<void> };

const tree = document.querySelector<Tree>("argument-tree")!;
const form = document.querySelector("form")!;
const text = form.querySelector("textarea")!;
const told = form.querySelector("output")!;
const place = new URL(tree.getAttribute("src")!);
const map = place.pathname.split("/")[4]!;
const client = new Client(place.origin);

tree.addEventListener("argument-select", () => {
  text.value = tree.node?.text ?? "";
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { node } = tree;
  if (!node) return;
  const wanted = text.value;
  // Whoever was faster keeps what else they changed; the text is what was typed here.
  const changed = await client.change(map, node.claim, `"r${node.rev}"`, () => ({ text: wanted }));
  told.textContent = `Saved as revision ${changed.rev}.`;
  await tree.refresh();
});
