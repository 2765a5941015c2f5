import { describe, expect, it } from "vitest";
import { dueDiscoveries } from "@/lib/discovery/due.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { server, type Trace, trace } from "../builders.ts";
import { redactAll } from "./web.ts";

const flowsOf = (built: Trace, more: readonly RawObservation[] = []): Flow[] =>
  correlate(redactAll([...built.raw, ...more]));
const failing = { status: 400, text: "Client Not Registered" };
const metadataUrl = `${server}/.well-known/oauth-authorization-server`;

/** Our own rung for a flow, at a time in milliseconds. */
const rung = (about: string, at: number): RawObservation[] => {
  const base = { source: "discovery", session: "one", requestId: "ladder-1", url: metadataUrl, at } as const;
  return [
    { ...base, kind: "request", method: "GET", type: "fetch", purpose: "ladder/server-metadata/oauth-root", about },
    { ...base, kind: "response", status: 404, headers: [] },
  ];
};

describe("attempts whose metadata is to be asked for", () => {
  it("is the newest of those at one place", () => {
    const flows = flowsOf(trace().authorizationRequest().page(failing).authorizationRequest().page(failing));
    const due = dueDiscoveries(flows, flows, 0);
    expect(due.map(({ flow }) => flow.id)).toEqual([flows.at(-1)?.id]);
    expect(due[0]?.start.hop.endpoint).toBe(`${server}/authorize`);
  });

  it("are several when their places differ", () => {
    const flows = flowsOf(
      trace()
        .authorizationRequest({ resource: "https://one.example/mcp" })
        .page(failing)
        .authorizationRequest({ resource: "https://two.example/mcp" })
        .page(failing),
    );
    expect(dueDiscoveries(flows, flows, 0)).toHaveLength(2);
  });

  it("does not ask again for attempts that an answer is still fresh for, only for later ones", () => {
    const two = trace().authorizationRequest().page(failing).authorizationRequest().page(failing);
    const [first] = flowsOf(two);
    const at = (first?.lastAt ?? 0) + 1_000;
    const flows = flowsOf(two, rung(first?.id ?? "", at));
    expect(dueDiscoveries(flows, flows, at + 60_000)).toEqual([]);
    expect(dueDiscoveries(flows, flows, at + 60 * 60_000)).toEqual([]);
    const three = flowsOf(
      two
        .wait(11 * 60_000)
        .authorizationRequest()
        .page(failing),
      rung(first?.id ?? "", at),
    );
    const newest = three.at(-1);
    expect(dueDiscoveries(three, three, newest?.lastAt ?? 0).map(({ flow }) => flow.id)).toEqual([newest?.id]);
  });

  it("leaves alone what was imported, and what has no endpoint", () => {
    const imported = trace().authorizationRequest().page(failing);
    const flows = correlate(redactAll(imported.raw.map((raw) => ({ ...raw, source: "import" }))));
    expect(flows).toHaveLength(1);
    expect(dueDiscoveries(flows, flows, 0)).toEqual([]);
    const callback = flowsOf(
      trace().visits("https://app.example/callback?code=abcdefghijklmnop&state=12345678").page({}),
    );
    expect(dueDiscoveries(callback, callback, 0)).toEqual([]);
  });
});
