/** What a page can do once its script runs; without it, it can be read. */

import { signIn } from "./key.js";

const pages = {
  maps: () => import("./maps-page.js"),
  map: () => import("./map-page.js"),
  claim: () => import("./claim-page.js"),
  sources: () => import("./sources-page.js"),
  source: () => import("./source-page.js"),
  history: () => import("./history-page.js"),
  embed: () => import("./argument-tree.js"),
};
await signIn(); // before a page looks at what it is
await pages[document.body.dataset.page]?.();
