import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSend } from "@/cli/sender.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import { redactAll } from "../discovery/web.ts";
import { MemoryAuthorizationProvider } from "./authorization-provider.ts";
import { startBetterAuth } from "./better-auth.ts";
import { createCertificateAuthority } from "./certificate-authority.ts";
import { startFastMcp } from "./fastmcp.ts";
import { listen } from "./listen.ts";
import { startMcpPython } from "./mcp-python-sdk.ts";
import { startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const common = { people: new People(secrets), secrets };
const authority = await createCertificateAuthority();
const certificate = await authority.issue();

interface Running {
  readonly issuer: string;
  readonly resource?: string;
  stop(): Promise<void>;
}

async function check(url: string) {
  const raw = await runDiscovery(
    { from: "url", url, challenge: true },
    { send: createSend(authority.pem), now: Date.now, session: "check" },
  );
  const report = diagnoseDiscovery(redactAll(raw), { asOf: Date.now() });
  if (report?.facts.metadata.status !== "observed") throw new Error("no ladder");
  const { findings, faults, unsettled } = report.diagnosis;
  const { rungs, server } = report.facts.metadata.value;
  return {
    accepted: rungs.filter(({ outcome }) => outcome === "accepted").map(({ rung }) => rung),
    absent: rungs.filter(({ outcome }) => outcome === "absent").map(({ rung }) => rung),
    issuer: server?.document?.issuer,
    findings: findings.map(({ id }) => id),
    trouble: [...faults, ...unsettled].map(({ id }) => id),
  };
}

const issuerChecks: Readonly<Record<string, readonly [start: () => Promise<Running>, accepted: string]>> = {
  "oidc-provider at the root": [() => startOidcProvider(common), "server-metadata/oauth-root"],
  "oidc-provider under a path": [
    () => startOidcProvider({ ...common, path: "/op" }),
    "server-metadata/openid-appended",
  ],
  "oidc-provider on TLS": [() => startOidcProvider({ ...common, certificate }), "server-metadata/oauth-root"],
  "oidc-provider under a path, on TLS": [
    () => startOidcProvider({ ...common, certificate, path: "/op" }),
    "server-metadata/openid-appended",
  ],
  "better-auth": [() => startBetterAuth(), "server-metadata/oauth-inserted"],
  "better-auth on TLS": [() => startBetterAuth({ certificate }), "server-metadata/oauth-inserted"],
  "MCP TypeScript SDK": [() => startMcpTypeScript(common), "server-metadata/oauth-root"],
  "MCP Python SDK": [() => startMcpPython(), "server-metadata/oauth-root"],
  "FastMCP mounted": [() => startFastMcp({ path: "/api" }), "server-metadata/oauth-inserted"],
};

describe.each(Object.entries(issuerChecks))("the issuer of %s", (_, [start, rung]) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it("is found where it is, and conforms", async () => {
    const { accepted, findings, issuer, trouble } = await check(server.issuer);
    expect({ accepted, findings, trouble }).toEqual({ accepted: [rung], findings: [], trouble: [] });
    expect(issuer).toBe(server.issuer);
  });
});

const mcpChecks: Readonly<Record<string, readonly [start: () => Promise<Running>, accepted: string]>> = {
  "MCP TypeScript SDK": [() => startMcpTypeScript(common), "server-metadata/oauth-root"],
  "MCP TypeScript SDK on TLS": [() => startMcpTypeScript({ ...common, certificate }), "server-metadata/oauth-root"],
  "MCP Python SDK": [() => startMcpPython(), "server-metadata/oauth-root"],
  "MCP Python SDK on TLS": [() => startMcpPython({ certificate }), "server-metadata/oauth-root"],
  "FastMCP at the root": [() => startFastMcp(), "server-metadata/oauth-root"],
  "FastMCP at the root, on TLS": [() => startFastMcp({ certificate }), "server-metadata/oauth-root"],
  "FastMCP mounted": [() => startFastMcp({ path: "/api" }), "server-metadata/oauth-inserted"],
  "FastMCP mounted, on TLS": [() => startFastMcp({ path: "/api", certificate }), "server-metadata/oauth-inserted"],
};

describe.each(Object.entries(mcpChecks))("the MCP endpoint of %s", (_, [start, rung]) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it("leads to everything, and conforms", async () => {
    const { accepted, findings, trouble } = await check(server.resource ?? "");
    expect({ accepted, findings, trouble }).toEqual({
      accepted: ["resource-metadata/challenge", rung],
      findings: [],
      trouble: [],
    });
  });

  it("is told apart from the same URL with a slash", async () => {
    const { findings } = await check(`${server.resource}/`);
    expect(findings).toContain("resource-metadata-mismatch");
  });
});

describe("the MCP TypeScript SDK's router mounted under a path, which its documentation warns of", () => {
  let origin: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const app = express();
    const listener = await listen({ protocol: "http", handler: (request, response) => void app(request, response) });
    origin = listener.origin;
    stop = listener.close;
    const provider = new MemoryAuthorizationProvider(secrets, "/login");
    const resource = new URL("/mcp", origin);
    const issuerUrl = new URL("/auth", origin);
    app.use("/auth", mcpAuthRouter({ provider, issuerUrl, baseUrl: issuerUrl, resourceServerUrl: resource }));
    const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resource);
    app.all("/mcp", requireBearerAuth({ verifier: provider, resourceMetadataUrl }));
  });
  afterAll(() => stop?.());

  it("has no resource metadata where its own challenge says", async () => {
    const { absent, accepted, findings } = await check(`${origin}/mcp`);
    expect(accepted).toEqual([]);
    expect(absent).toContain("resource-metadata/challenge");
    expect(findings[0]).toBe("resource-metadata-missing");
  });

  it("has its server metadata where no client looks", async () => {
    const { accepted, findings } = await check(`${origin}/auth`);
    expect(accepted).toEqual(["server-metadata/oauth-appended"]);
    expect(findings).toContain("server-metadata-misplaced");
  });
});

describe.each([
  ["http", undefined],
  ["TLS", certificate],
] as const)("the MCP Python SDK's application mounted under a path, on %s", (_, over) => {
  let server: Running;
  beforeAll(async () => {
    server = await startMcpPython({ path: "/api", ...(over && { certificate: over }) });
  });
  afterAll(() => server?.stop());

  it("has no resource metadata where its own challenge says", async () => {
    const { absent, findings } = await check(server.resource ?? "");
    expect(absent).toContain("resource-metadata/challenge");
    expect(findings[0]).toBe("resource-metadata-missing");
  });

  it("has its server metadata where no client looks", async () => {
    const { accepted, findings } = await check(server.issuer);
    expect(accepted).toEqual(["server-metadata/oauth-appended"]);
    expect(findings).toContain("server-metadata-misplaced");
  });
});
