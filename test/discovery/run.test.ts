import { describe, expect, it } from "vitest";
import { runDiscovery } from "@/lib/discovery/run.ts";
import {
  type Climb,
  challenge,
  check,
  climb,
  conforming,
  idsOf,
  issuer,
  mcpUrl,
  resourceDocument,
  resourceUrl,
  rungsOf,
  serve,
  serverDocument,
  serverUrl,
  type Web,
} from "./web.ts";

const mcp = "https://mcp.example";
const plainChallenge = { ...challenge, headers: { "www-authenticate": "Bearer" } };
const tenant = `${issuer}/tenant`;
const inserted = `${issuer}/.well-known/oauth-authorization-server/tenant`;
const openidInserted = `${issuer}/.well-known/openid-configuration/tenant`;
const openidAppended = `${tenant}/.well-known/openid-configuration`;
const tenantDocument = { ...serverDocument, issuer: tenant };
const openidDocument = {
  ...tenantDocument,
  jwks_uri: `${issuer}/jwks`,
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
};
const withTenant = { ...resourceDocument, authorization_servers: [tenant] };

const urlsOf = ({ requests }: Climb): string[] => requests.map(({ method, url }) => `${method} ${url}`);

describe("the ladder from the URL of an MCP server", () => {
  it("takes the URL of the challenge and the first server document, and finds nothing wrong", async () => {
    const climbed = await check(mcpUrl, conforming);
    expect(rungsOf(climbed)).toEqual([
      "challenge challenged",
      "resource-metadata/challenge accepted",
      "server-metadata/oauth-root accepted",
    ]);
    const { findings, unsettled, faults } = climbed.report.diagnosis;
    expect({ findings, unsettled, faults }).toEqual({ findings: [], unsettled: [], faults: [] });
  });

  it.each<[string, string, Web, string[]]>([
    [
      "inserts the path when the challenge names no URL",
      mcpUrl,
      {
        [`POST ${mcpUrl}`]: plainChallenge,
        [resourceUrl]: { json: resourceDocument },
        [serverUrl]: { json: serverDocument },
      },
      [`POST ${mcpUrl}`, `GET ${resourceUrl}`, `GET ${serverUrl}`],
    ],
    [
      "goes on to the root of the host",
      mcpUrl,
      {
        [`POST ${mcpUrl}`]: plainChallenge,
        [`${mcp}/.well-known/oauth-protected-resource`]: { json: resourceDocument },
        [serverUrl]: { json: serverDocument },
      },
      [`POST ${mcpUrl}`, `GET ${resourceUrl}`, `GET ${mcp}/.well-known/oauth-protected-resource`, `GET ${serverUrl}`],
    ],
    [
      "asks an issuer with a path in three places, in this order",
      mcpUrl,
      {
        [`POST ${mcpUrl}`]: challenge,
        [resourceUrl]: { json: withTenant },
        [openidAppended]: { json: openidDocument },
      },
      [`POST ${mcpUrl}`, `GET ${resourceUrl}`, `GET ${inserted}`, `GET ${openidInserted}`, `GET ${openidAppended}`],
    ],
    [
      "stops at the second of them",
      mcpUrl,
      {
        [`POST ${mcpUrl}`]: challenge,
        [resourceUrl]: { json: withTenant },
        [openidInserted]: { json: openidDocument },
      },
      [`POST ${mcpUrl}`, `GET ${resourceUrl}`, `GET ${inserted}`, `GET ${openidInserted}`],
    ],
    [
      "asks an issuer without a path in two",
      mcpUrl,
      {
        [`POST ${mcpUrl}`]: challenge,
        [resourceUrl]: { json: resourceDocument },
        [`${issuer}/.well-known/openid-configuration`]: { json: { ...openidDocument, issuer } },
      },
      [`POST ${mcpUrl}`, `GET ${resourceUrl}`, `GET ${serverUrl}`, `GET ${issuer}/.well-known/openid-configuration`],
    ],
    [
      "takes a typed issuer for what it is",
      issuer,
      { [serverUrl]: { json: serverDocument } },
      [`POST ${issuer}`, `GET ${issuer}/.well-known/oauth-protected-resource`, `GET ${serverUrl}`],
    ],
  ])("%s", async (_, url, web, expected) => {
    const climbed = await check(url, web);
    expect(urlsOf(climbed)).toEqual(expected);
    expect(idsOf(climbed)).toEqual([]);
  });

  it("falls back to the MCP server's own host like clients of 2025-03-26, and says that others stop", async () => {
    const root = `${mcp}/.well-known/oauth-authorization-server`;
    const climbed = await check(mcpUrl, {
      [`POST ${mcpUrl}`]: plainChallenge,
      [root]: { json: { ...serverDocument, issuer: mcp } },
    });
    expect(rungsOf(climbed)).toContain("server-metadata/mcp-origin accepted");
    expect(idsOf(climbed)).toEqual(["resource-metadata-missing"]);
  });

  it("looks where a mounted application puts its documents only when every proper place has nothing", async () => {
    const appended = `${tenant}/.well-known/oauth-authorization-server`;
    const climbed = await check(mcpUrl, {
      [`POST ${mcpUrl}`]: challenge,
      [resourceUrl]: { json: withTenant },
      [appended]: { json: tenantDocument },
    });
    expect(urlsOf(climbed).slice(2)).toEqual([
      `GET ${inserted}`,
      `GET ${openidInserted}`,
      `GET ${openidAppended}`,
      `GET ${appended}`,
    ]);
    expect(idsOf(climbed)).toContain("server-metadata-misplaced");
  });

  it("asks the target of a redirect once, as a rung of its own, and only at a well-known place", async () => {
    const there = "https://www.mcp.example/.well-known/oauth-protected-resource/mcp";
    const moved = await check(mcpUrl, {
      ...conforming,
      [resourceUrl]: { location: there },
      [there]: { json: resourceDocument },
    });
    expect(rungsOf(moved)).toContain("resource-metadata/challenge/redirected accepted");
    const guarded = await check(mcpUrl, {
      ...conforming,
      [resourceUrl]: { location: "https://login.example/sso?x=1" },
    });
    expect(urlsOf(guarded)).not.toContain("GET https://login.example/sso?x=1");
    expect(idsOf(guarded)).toContain("server-metadata-malformed");
  });

  it("asks the client's document when the client_id is its URL", async () => {
    const clientId = "https://client.example/oauth/client.json";
    const json = { client_id: clientId, client_name: "Client", redirect_uris: ["http://127.0.0.1/callback"] };
    const climbed = await climb(
      { from: "url", url: mcpUrl, challenge: true, clientId },
      { ...conforming, [clientId]: { json } },
    );
    expect(rungsOf(climbed)).toContain("client-metadata/document accepted");
    expect(idsOf(climbed)).toEqual([]);
  });

  it("asks nothing twice, except to compare answers when told to", async () => {
    const twice = { ...resourceDocument, authorization_servers: [issuer, `${issuer}/`] };
    const climbed = await check(mcpUrl, { ...conforming, [resourceUrl]: { json: twice } });
    expect(new Set(urlsOf(climbed)).size).toBe(climbed.requests.length);
    const repeated = await check(mcpUrl, conforming, 3);
    expect(urlsOf(repeated).filter((url) => url === `GET ${serverUrl}`)).toHaveLength(3);
  });
});

describe("the ladder from an authorization request", () => {
  const endpoint = `${issuer}/api/auth/oauth2/authorize`;

  it("sends metadata GETs and nothing else", async () => {
    const hop = { endpoint, resource: mcpUrl, clientId: "https://client.example/c.json", seenIssuers: [] };
    const { requests } = await climb({ from: "hop", hop }, {});
    expect(requests.every(({ method, body }) => method === "GET" && body === undefined)).toBe(true);
    const elsewhere = requests.filter(({ url }) => !url.includes("/.well-known/"));
    expect(elsewhere.map(({ url }) => url)).toEqual(["https://client.example/c.json"]);
  });

  it.each<[string, Web, string]>([
    [
      "the path without its endpoint words",
      {
        [`${issuer}/.well-known/oauth-authorization-server/api/auth`]: {
          json: { ...serverDocument, authorization_endpoint: endpoint },
        },
      },
      "server-metadata/oauth-inserted accepted",
    ],
    [
      "the root",
      { [serverUrl]: { json: { ...serverDocument, authorization_endpoint: endpoint } } },
      "server-metadata/oauth-root accepted",
    ],
  ])("finds the issuer from %s", async (_, web, rung) => {
    const climbed = await climb({ from: "hop", hop: { endpoint, seenIssuers: [] } }, web);
    expect(rungsOf(climbed)).toContain(rung);
    expect(idsOf(climbed)).toEqual([]);
  });

  it("begins with iss, then what the resource metadata names", async () => {
    const hop = { endpoint, iss: tenant, resource: mcpUrl, seenIssuers: [] };
    const { requests } = await climb({ from: "hop", hop }, { [resourceUrl]: { json: resourceDocument } });
    const urls = requests.map(({ url }) => url);
    expect(urls[0]).toBe(resourceUrl);
    expect(urls.indexOf(inserted)).toBeLessThan(urls.indexOf(serverUrl));
  });

  it("says nothing about a plain OAuth server that publishes no metadata", async () => {
    const climbed = await climb({ from: "hop", hop: { endpoint, seenIssuers: [] } }, {});
    expect(climbed.requests.length).toBeGreaterThan(2);
    expect(idsOf(climbed)).toEqual([]);
  });
});

describe("limits", () => {
  it("sends no more than sixteen requests", async () => {
    const servers = Array.from({ length: 500 }, (_, index) => `https://as${index}.example/a/b`);
    const { requests } = await check(
      mcpUrl,
      {
        ...conforming,
        [resourceUrl]: { json: { ...resourceDocument, authorization_servers: servers } },
      },
      9,
    );
    expect(requests.length).toBeLessThanOrEqual(16);
  });

  it("records a sender that throws as a failure", async () => {
    const raw = await runDiscovery(
      { from: "url", url: mcpUrl, challenge: true },
      { send: () => Promise.reject(new TypeError("broken")), now: () => 1, session: "s" },
    );
    expect(raw.filter(({ kind }) => kind === "failure").length).toBeGreaterThan(0);
    expect(raw.some((one) => one.kind === "failure" && one.error === "TypeError")).toBe(true);
  });

  it("hands out each observation as it is made, marked with its flow", async () => {
    const seen: string[] = [];
    const { send } = serve(conforming);
    const raw = await runDiscovery(
      { from: "hop", hop: { endpoint: `${issuer}/authorize`, seenIssuers: [] } },
      { send, now: () => 1, session: "s", about: "flow-1", onObservation: ({ kind }) => seen.push(kind) },
    );
    expect(seen).toHaveLength(raw.length);
    expect(raw.flatMap((one) => (one.kind === "request" ? [one.about] : []))).toEqual(["flow-1"]);
  });
});
