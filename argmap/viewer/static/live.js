/** Pages without a tree keep up with their map: what others do is shown where it belongs. */

import { follow } from "./argument-tree.js";
import { bearer } from "./key.js";
import { attempt, here, page, send, show, tell } from "./kit.js";

const PAUSE = 300; // milliseconds between two looks at a map that changes fast

/**
 * Show anew the parts of the page that are marked as live, whenever the map is at another revision.
 * `dress` gives such a part, old or new, what scripts add to it; `after` is called when all is there.
 * Gives what brings the page to a revision that is known of already.
 */
export function live({ dress = () => {}, after = () => {} } = {}) {
  let ear = null;
  let newest = Number(page.revision);
  let isBusy = false;
  const catchUp = async (revision) => {
    newest = Math.max(newest, revision);
    if (isBusy) return;
    isBusy = true;
    for (let before = -1; before < Number(page.revision) && Number(page.revision) < newest;) {
      before = Number(page.revision);
      await attempt(async () => { await readAgain(dress); await after(); });
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    isBusy = false;
  };
  const heard = (name, { revision }) => (name === "deleted" ? tell("This map is gone.", true) : catchUp(revision));
  const listen = () => { // only while it is seen: a browser has few connections for all its tabs
    if (document.hidden === (ear === null)) return;
    if (ear) { ear.abort(); ear = null; return; }
    ear = new AbortController();
    follow(here, Number(page.revision), heard, ear.signal, bearer);
  };
  document.addEventListener("visibilitychange", listen);
  dress(document);
  listen();
  return catchUp;
}

async function readAgain(dress) {
  const answer = await send(location.href, { headers: { Accept: "text/html" } });
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) throw new Error(found.querySelector("main p").textContent);
  dress(found);
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = found.getElementById(part.id);
    if (fresh && !part.isEqualNode(fresh)) show(part, ...fresh.childNodes);
  }
  document.title = found.title;
  Object.assign(page, found.body.dataset);
}
