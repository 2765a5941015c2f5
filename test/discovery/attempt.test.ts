import { describe, expect, it } from "vitest";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { compareWithMetadata } from "@/lib/discovery/compare.ts";
import { hopOf } from "@/lib/discovery/hop.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import { clientId, server, type Trace, trace } from "../builders.ts";
import { mcpUrl, redactAll, resourceDocument, resourceUrl, serve, serverDocument, type Web } from "./web.ts";

const metadataUrl = `${server}/.well-known/oauth-authorization-server`;
const document = {
  ...serverDocument,
  issuer: server,
  authorization_endpoint: `${server}/authorize`,
  scopes_supported: ["openid", "profile"],
};
const unknown = {
  status: 400,
  json: { error: "invalid_request", error_description: `Client ID '${clientId}' not found` },
};

/** A failed attempt as the browser saw it, then the metadata that is fetched for it, all in one store. */
async function explain(attempt: Trace, web: Web): Promise<{ report: FlowReport; urls: string[] }> {
  const seen = redactAll(attempt.raw);
  const [before] = diagnose(seen, { asOf: 0 });
  if (before === undefined) throw new Error("no attempt");
  const hop = hopOf(before.flow.legs.map(({ exchange }) => exchange));
  if (hop === undefined) throw new Error("no hop");
  const { requests, send } = serve(web);
  const at = before.flow.lastAt + 1_000;
  const raw = await runDiscovery(
    { from: "hop", hop },
    { send, now: () => at, session: "ladder-1", about: before.flow.id },
  );
  const [report] = diagnose([...seen, ...redactAll(raw)], { asOf: at });
  if (report === undefined) throw new Error("no attempt");
  return { report, urls: requests.map(({ url }) => url) };
}

const comparisonsOf = ({ facts }: FlowReport) => {
  if (facts.request.status !== "observed" || facts.metadata.status !== "observed")
    throw new Error("nothing to compare");
  return compareWithMetadata({ request: facts.request.value }, facts.metadata.value);
};

describe("metadata fetched for an attempt", () => {
  it("belongs to it, and adds no finding when the server conforms", async () => {
    const attempt = trace().authorizationRequest().page(unknown);
    const { report } = await explain(attempt, { [metadataUrl]: { json: document } });
    expect(report.facts.metadata).toMatchObject({ status: "observed", value: { server: { urlText: metadataUrl } } });
    expect(report.diagnosis.findings.map(({ id }) => id)).toEqual(["unknown-client"]);
    expect(report.diagnosis.faults).toEqual([]);
  });

  it("puts what was sent beside what is advertised", async () => {
    const attempt = trace().authorizationRequest({ scope: "openid admin" }).page(unknown);
    const { report } = await explain(attempt, {
      [metadataUrl]: { json: { ...document, code_challenge_methods_supported: ["plain"] } },
    });
    const contradicted = comparisonsOf(report).filter(({ verdict }) => verdict !== "agrees");
    expect(contradicted).toMatchObject([
      { parameter: "code_challenge_method", sent: "S256", advertised: "plain", verdict: "contradicts" },
      { parameter: "scope", sent: "openid admin", advertised: "openid profile", unlisted: ["admin"] },
    ]);
  });

  it("follows resource to the issuer that the resource metadata names", async () => {
    const attempt = trace().authorizationRequest({ resource: mcpUrl }).page(unknown);
    const { report, urls } = await explain(attempt, {
      [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [`${server}/`] } },
      [metadataUrl]: { json: document },
    });
    expect(urls.slice(0, 2)).toEqual([resourceUrl, metadataUrl]);
    const found = report.diagnosis.findings.find(({ id }) => id === "issuer-not-identical");
    expect(found).toMatchObject({ severity: "warning", certainty: "proven" });
    expect(report.diagnosis.state).toBe("not-connected");
    expect(report.diagnosis.findings[0]?.id).toBe("unknown-client");
  });

  it("of a healthy attempt leaves it healthy, whatever strict clients would say", async () => {
    const attempt = trace()
      .authorizationRequest({ resource: mcpUrl })
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith()
      .page({});
    const { report } = await explain(attempt, {
      [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [`${server}/`] } },
      [metadataUrl]: {
        json: { ...document, registration_endpoint: undefined, code_challenge_methods_supported: undefined },
      },
    });
    expect(report.diagnosis.state).toBe("code-delivered");
    expect(report.diagnosis.findings.every(({ severity }) => severity !== "error")).toBe(true);
  });

  it("is not asked for when the endpoint's path was replaced at redaction", () => {
    const hidden = trace().authorizationRequest(
      {},
      { endpoint: `${server}/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw/authorize` },
    );
    const [report] = diagnose(redactAll(hidden.raw), { asOf: 0 });
    expect(report).toBeDefined();
    expect(hopOf(report?.flow.legs.map(({ exchange }) => exchange) ?? [])).toBeUndefined();
  });
});
