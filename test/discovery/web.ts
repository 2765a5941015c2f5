import { describe, expect, it } from "vitest";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import type { Finding, Outcome, Rule, Severity } from "@/lib/diagnosis/rule.ts";
import type { DiscoveryAnswer, DiscoveryRequest, DiscoveryStart, Send } from "@/lib/discovery/run.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

/** One answer as a server gives it: an object becomes JSON, a string is the body as it is. */
export interface Page {
  readonly status?: number;
  readonly json?: unknown;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
  readonly problem?: string;
  readonly address?: string;
  readonly error?: string;
}

/** A small web: answers by `METHOD url`, GET where no method stands; a list answers in turn. */
export type Web = Readonly<Record<string, Page | readonly Page[]>>;

function answer(page: Page): DiscoveryAnswer {
  if (page.error !== undefined) return { kind: "failed", error: page.error };
  const mimeType = page.type ?? (page.json === undefined ? "text/html; charset=utf-8" : "application/json");
  const text = page.json === undefined ? (page.body ?? "") : JSON.stringify(page.json);
  const headers = { "content-type": mimeType, ...page.headers, ...(page.location && { location: page.location }) };
  return {
    kind: "answered",
    status: page.status ?? (page.location === undefined ? 200 : 302),
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    ...(page.location !== undefined && { redirectUrl: page.location }),
    ...(page.problem === undefined && text !== "" && { body: { mimeType, text } }),
    ...(page.problem !== undefined && { problem: page.problem }),
    address: page.address ?? "93.184.215.14",
  };
}

export interface Climb {
  readonly report: FlowReport;
  readonly requests: readonly DiscoveryRequest[];
  readonly raw: readonly RawObservation[];
}

/** Everything that is not in the web answers 404 with a page. */
export function serve(web: Web): { readonly send: Send; readonly requests: DiscoveryRequest[] } {
  const requests: DiscoveryRequest[] = [];
  const turns = new Map<string, number>();
  const send: Send = async (request) => {
    requests.push(request);
    const key = request.method === "GET" ? request.url : `${request.method} ${request.url}`;
    const found = web[key];
    if (found === undefined) return answer({ status: 404, body: "<h1>Not Found</h1>" });
    if (!Array.isArray(found)) return answer(found as Page);
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const pages: readonly Page[] = found;
    return answer(pages[Math.min(turn, pages.length - 1)] ?? {});
  };
  return { send, requests };
}

const key = { id: "test-key", bytes: new Uint8Array(32).fill(7) };

export function redactAll(raw: readonly RawObservation[]) {
  const redactor = createRedactor(key, { readHtml });
  return raw.flatMap((observation) => redactor.redact(observation) ?? []);
}

/** Climbs the ladder in this web and reports, through redaction, folding and facts like everything else. */
export async function climb(start: DiscoveryStart, web: Web, repeats = 1): Promise<Climb> {
  const { send, requests } = serve(web);
  let at = Date.UTC(2026, 0, 5, 9);
  const now = () => {
    at += 10;
    return at;
  };
  const raw = await runDiscovery(start, { send, now, session: "ladder", repeats });
  const report = diagnoseDiscovery(redactAll(raw), { asOf: at });
  if (report === undefined) throw new Error("the ladder has no rung");
  return { report, requests, raw };
}

export const check = (url: string, web: Web, repeats = 1): Promise<Climb> =>
  climb({ from: "url", url, challenge: true }, web, repeats);

export const idsOf = ({ report }: Climb): string[] => report.diagnosis.findings.map(({ id }) => id);

export function findingOf(climbed: Climb, id: string): Finding {
  const finding = climbed.report.diagnosis.findings.find((one) => one.id === id);
  if (finding === undefined) throw new Error(`no finding ${id}, only ${idsOf(climbed).join(", ") || "none"}`);
  return finding;
}

export function rungsOf({ report }: Climb): string[] {
  const { metadata } = report.facts;
  if (metadata.status !== "observed") return [];
  return metadata.value.rungs.map(({ rung, outcome }) => `${rung} ${outcome}`);
}

export const mcpUrl = "https://mcp.example/mcp";
export const issuer = "https://auth.example";

export const serverDocument = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ["code"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["none"],
  scopes_supported: ["mcp", "offline_access"],
};

export const resourceDocument = { resource: mcpUrl, authorization_servers: [issuer], scopes_supported: ["mcp"] };

export const resourceUrl = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
export const serverUrl = `${issuer}/.well-known/oauth-authorization-server`;

export const challenge: Page = {
  status: 401,
  json: { error: "unauthorized" },
  headers: { "www-authenticate": `Bearer resource_metadata="${resourceUrl}", scope="mcp"` },
};

/** An MCP server and its authorization server that do everything right. */
export const conforming = {
  [`POST ${mcpUrl}`]: challenge,
  [resourceUrl]: { json: resourceDocument },
  [serverUrl]: { json: serverDocument },
} satisfies Web;

interface Ladder {
  readonly of: string;
  /** What differs from the conforming web; `undefined` takes a page away. */
  readonly web: Readonly<Record<string, Page | readonly Page[] | undefined>>;
  readonly url?: string;
  readonly repeats?: number;
  readonly is: Outcome["kind"];
  readonly severity?: Severity;
  /** Stands in the summary, the missing part or the reason. */
  readonly says?: string;
  /** Stand in what the primary evidence says and in its other side. */
  readonly shows?: readonly string[];
}

/** One rule over whole ladders, each climbed, redacted and folded from raw answers. */
export function describeLadder<Needs extends keyof FlowFacts>(rule: Rule<Needs>, ladders: readonly Ladder[]): void {
  describe(`${rule.id} on the ladder`, () => {
    it.each(ladders.map((one) => [one.of, one] as const))(
      "%s",
      async (_, { is, repeats, says, severity, shows, url, web }) => {
        const entries = Object.entries<Page | readonly Page[] | undefined>({ ...conforming, ...web });
        const present = entries.flatMap(([key, page]) => (page === undefined ? [] : [[key, page] as const]));
        const climbed = await check(url ?? mcpUrl, Object.fromEntries(present), repeats ?? 1);
        const outcome = rule.check(climbed.report.facts);
        expect({ kind: outcome.kind, text: textOf(outcome) }).toEqual({
          kind: is,
          text: says === undefined ? expect.any(String) : expect.stringContaining(says),
        });
        if (outcome.kind !== "fail") return;
        const primary = outcome.evidence.filter((item) => item.isPrimary);
        expect(primary).toHaveLength(1);
        for (const part of shows ?? []) {
          expect(`${primary[0]?.where} ${primary[0]?.says} ${primary[0]?.against?.says}`).toContain(part);
        }
        if (severity !== undefined) expect(outcome.severity ?? rule.severity).toBe(severity);
      },
    );
  });
}

function textOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "fail":
      return outcome.summary;
    case "cannotTell":
      return outcome.missing;
    case "notApplicable":
      return outcome.reason;
    case "pass":
      return "";
  }
}
