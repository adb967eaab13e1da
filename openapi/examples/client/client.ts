// A small typed client of argmap: every path, parameter, body and answer is checked
// against the types that are made of the API's document. It lists maps, adds a claim,
// and changes it as two editors would who do not know of each other.

import type { Operations, Schemas } from "../../argmap.d.ts";

type Name = keyof Operations;

type Request<N extends Name> = {
  path: Operations[N]["path"];
  query?: Operations[N]["query"];
  header?: Operations[N]["header"];
  body: Operations[N]["body"];
};

/** One shape for each status: a check of `status` tells which body there is. */
type Answer<N extends Name> = {
  [Status in keyof Operations[N]["answers"]]: {
    status: Status;
    body: Operations[N]["answers"][Status];
    etag: string | null;
  };
}[keyof Operations[N]["answers"]];

/** What an operation was not expected to answer. */
export class Refused extends Error {
  constructor(readonly problem: Schemas["Problem"]) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

export class Client {
  constructor(private readonly server: string) {}

  /** Ask for an operation; types see to it that method and URL are the operation's. */
  async ask<N extends Name>(
    _operation: N,
    method: Operations[N]["method"],
    url: Operations[N]["url"],
    request: Request<N>,
  ): Promise<Answer<N>> {
    const path: Record<string, unknown> = request.path;
    const place = url.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(path[name])),
    );
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const headers = new Headers(request.header as Record<string, string>);
    if (request.body !== undefined) {
      headers.set("Content-Type", "application/json");
    }
    const response = await fetch(`${this.server}${place}?${query}`, {
      method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      etag: response.headers.get("ETag"),
    } as Answer<N>;
  }

  /** List all maps, page after page. */
  async *maps(): AsyncGenerator<Schemas["MapOut"]> {
    let cursor: string | null = null;
    do {
      const query: Operations["listMaps"]["query"] = cursor === null ? {} : { cursor };
      const answer: Answer<"listMaps"> = await this.ask(
        "listMaps", "GET", "/api/v1/maps", { path: {}, query, body: undefined },
      );
      if (answer.status !== 200) {
        throw new Refused(answer.body);
      }
      // No `fields` were named, so all are there.
      const page = answer.body as Schemas["MapPage"];
      yield* page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  /** Add a claim; give its ETag, which a change of it needs. */
  async add(map: string, claim: Schemas["ClaimIn"]): Promise<string> {
    const answer = await this.ask("addClaim", "POST", "/api/v1/maps/{map}/claims", {
      path: { map },
      header: { "Idempotency-Key": crypto.randomUUID() },
      body: claim,
    });
    if (answer.status !== 201) {
      throw new Refused(answer.body);
    }
    return `"r${answer.body.rev}"`;
  }

  /** Change a claim. Where somebody else was faster, read it again and decide anew. */
  async change(
    map: string,
    claim: string,
    etag: string,
    decide: (now: Schemas["ClaimOut"] | null) => Schemas["ClaimPatch"],
  ): Promise<Schemas["ClaimOut"]> {
    let tag = etag;
    let now: Schemas["ClaimOut"] | null = null;
    for (;;) {
      const answer = await this.ask(
        "patchClaim", "PATCH", "/api/v1/maps/{map}/claims/{claim}",
        { path: { map, claim }, header: { "If-Match": tag }, body: decide(now) },
      );
      if (answer.status === 200) {
        return answer.body;
      }
      if (answer.status !== 412) {
        throw new Refused(answer.body);
      }
      const read = await this.ask(
        "readClaim", "GET", "/api/v1/maps/{map}/claims/{claim}",
        { path: { map, claim }, body: undefined },
      );
      if (read.status !== 200) {
        throw new Error(`the claim cannot be read: ${read.status}`);
      }
      now = read.body as Schemas["ClaimOut"];
      tag = `"r${now.rev}"`;
    }
  }
}

/** Two editors change one claim; neither change is lost. */
export async function example(server: string): Promise<string> {
  const client = new Client(server);
  for await (const map of client.maps()) {
    const etag = await client.add(map.key, {
      key: "stops",
      text: "Stops will be far apart.",
      tags: ["access"],
    });
    await client.change(map.key, "stops", etag, () => ({ base_score: 0.4 }));
    // This one still has the ETag of before: it is told so, and adds to what is there.
    const changed = await client.change(map.key, "stops", etag, (now) => ({
      tags: [...(now?.tags ?? []), "elderly"],
    }));
    return `${map.title}: ${changed.text} ${changed.base_score} ${changed.tags.join(", ")}`;
  }
  return "there is no map";
}
