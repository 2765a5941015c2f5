import { describe, expect, it } from "vitest";
import { classifyHost, isRefusedAddress, refusalOf } from "@/lib/discovery/address.ts";
import {
  challenge,
  check,
  climb,
  conforming,
  findingOf,
  idsOf,
  issuer,
  mcpUrl,
  type Page,
  resourceDocument,
  resourceUrl,
  rungsOf,
  serverDocument,
  serverUrl,
} from "./web.ts";

const withServer = (page: Page) => check(mcpUrl, { ...conforming, [serverUrl]: page });

describe("hostile documents", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

  it.each<[string, Page, string]>([
    ["a page", { body: "<!doctype html><title>App</title>", type: "text/html" }, "server-metadata-malformed"],
    [
      "a page that calls itself JSON",
      { body: "<!doctype html>", type: "application/json" },
      "server-metadata-malformed",
    ],
    ["an empty answer", { body: "", type: "application/json" }, "server-metadata-malformed"],
    ["more than the limit", { problem: "too-large" }, "server-metadata-malformed"],
    ["a list", { json: [serverDocument] }, "server-metadata-malformed"],
    ["null", { body: "null", type: "application/json" }, "server-metadata-malformed"],
    ["deep nesting", { body: deep, type: "application/json" }, "server-metadata-malformed"],
    [
      "deep nesting in a member",
      { body: `{"issuer":"${issuer}","x":${deep}}`, type: "application/json" },
      "server-metadata-incomplete",
    ],
    [
      "UTF-16",
      { body: '\u0000{\u0000"\u0000i', type: "application/json; charset=utf-16" },
      "server-metadata-malformed",
    ],
    [
      "__proto__ members",
      {
        body: '{"__proto__":{"issuer":"https://evil.example","authorization_endpoint":"https://evil.example/a"}}',
        type: "application/json",
      },
      "server-metadata-malformed",
    ],
    [
      "members of every wrong type",
      { json: { ...serverDocument, issuer: 1, response_types_supported: "code", token_endpoint: null } },
      "server-metadata-malformed",
    ],
    ["another issuer", { json: { ...serverDocument, issuer: "https://accounts.google.com" } }, "issuer-not-identical"],
    [
      "an endpoint at javascript:",
      { json: { ...serverDocument, authorization_endpoint: "javascript:alert(1)" } },
      "endpoint-insecure",
    ],
    [
      "an endpoint at a private address",
      { json: { ...serverDocument, token_endpoint: "https://10.0.0.1/token" } },
      "endpoint-insecure",
    ],
    [
      "an endpoint on plain http",
      { json: { ...serverDocument, token_endpoint: "http://auth.example/token" } },
      "endpoint-insecure",
    ],
    [
      "an endless list",
      { json: { ...serverDocument, scopes_supported: Array.from({ length: 10_000 }, (_, index) => `s${index}`) } },
      "",
    ],
  ])("%s gives a finding", async (_, page, id) => {
    const climbed = await withServer(page);
    expect(climbed.report.diagnosis.faults).toEqual([]);
    if (id === "") expect(idsOf(climbed)).toEqual([]);
    else expect(idsOf(climbed)).toContain(id);
  });

  it("an answer that does not end is cut and cannot settle anything", async () => {
    const climbed = await withServer({ problem: "timeout" });
    expect(rungsOf(climbed)).toContain("server-metadata/oauth-root timedOut");
    expect(findingOf(climbed, "server-metadata-malformed").certainty).toBe("possible");
    expect(climbed.report.diagnosis.unsettled.map(({ id }) => id)).toContain("server-metadata-missing");
  });

  it("a loop of redirects is two requests", async () => {
    const other = `${issuer}/.well-known/openid-configuration`;
    const climbed = await check(mcpUrl, {
      ...conforming,
      [serverUrl]: { location: other },
      [other]: { location: serverUrl },
    });
    expect(climbed.requests.filter(({ url }) => url === serverUrl)).toHaveLength(1);
    expect(climbed.requests.filter(({ url }) => url === other)).toHaveLength(1);
  });

  it("a challenge full of commas, quotes and schemes is read in one pass", async () => {
    const field = `Bearer ${'a="b", '.repeat(20_000)}resource_metadata="${resourceUrl}"`;
    const climbed = await check(mcpUrl, {
      ...conforming,
      [`POST ${mcpUrl}`]: { ...challenge, headers: { "www-authenticate": field } },
    });
    expect(climbed.report.diagnosis.faults).toEqual([]);
  });
});

describe("requests that are never sent", () => {
  it.each([
    "http://169.254.169.254",
    "https://127.0.0.1:9000",
    "https://localhost",
    "https://[::1]",
    "https://[::ffff:10.0.0.1]",
    "https://0x7f.1",
    "https://2130706433",
    "https://192.168.1.1",
    "https://router.lan",
    "https://intranet",
    "https://db.internal",
    "http://public.example",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "not a url",
  ])("an authorization server at %s", async (server) => {
    const climbed = await check(mcpUrl, {
      ...conforming,
      [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [server] } },
    });
    const asked = climbed.requests.map(({ url }) => new URL(url).host);
    expect(new Set(asked)).toEqual(new Set(["mcp.example"]));
    expect(climbed.report.diagnosis.faults).toEqual([]);
  });

  it("a private resource named by the request of a public server", async () => {
    const hop = {
      endpoint: `${issuer}/authorize`,
      resource: "http://192.168.0.1/mcp",
      iss: "https://10.1.1.1",
      clientId: "https://10.1.1.1/c.json",
      seenIssuers: [],
    };
    const { requests } = await climb({ from: "hop", hop }, {});
    expect(requests.map(({ url }) => new URL(url).host).filter((host) => host !== "auth.example")).toEqual([]);
  });

  it("the same addresses are asked when the attempt itself ran there", async () => {
    const url = "http://127.0.0.1:9000/mcp";
    const climbed = await check(url, {});
    expect(climbed.requests.every((request) => request.url.startsWith("http://127.0.0.1:9000/"))).toBe(true);
    expect(climbed.requests.length).toBeGreaterThan(1);
  });
});

describe("answers that are discarded", () => {
  it("a public name that resolves to a private address", async () => {
    const climbed = await withServer({ json: serverDocument, address: "10.0.0.5" });
    expect(rungsOf(climbed)).toContain("server-metadata/oauth-root notAsked");
    expect(JSON.stringify(climbed.raw)).not.toContain(serverDocument.token_endpoint);
    expect(idsOf(climbed)).not.toContain("server-metadata-missing");
  });

  it("more text than the limit, whatever the sender says", async () => {
    const climbed = await withServer({ json: { ...serverDocument, padding: "x".repeat(300 * 1024) } });
    expect(rungsOf(climbed)).toContain("server-metadata/oauth-root tooLarge");
    expect(findingOf(climbed, "server-metadata-malformed").summary).toContain("256 kB");
  });
});

describe("addresses", () => {
  it.each([
    ["93.184.215.14", "public"],
    ["2606:4700::6810:84e5", "public"],
    ["[2606:4700::6810:84e5]", "public"],
    ["auth.example", "public"],
    ["127.8.9.1", "loopback"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["app.localhost", "loopback"],
    ["10.1.2.3", "private"],
    ["100.64.0.1", "private"],
    ["172.31.255.255", "private"],
    ["172.32.0.1", "public"],
    ["169.254.169.254", "private"],
    ["0.0.0.0", "private"],
    ["255.255.255.255", "private"],
    ["::", "private"],
    ["fe80::1%eth0", "private"],
    ["fd00::1", "private"],
    ["64:ff9b::a00:1", "private"],
    ["2002:0a00:0001::", "private"],
    ["2001:db8::1", "private"],
    ["printer.local.", "local-name"],
    ["nas", "local-name"],
  ])("%s is %s", (host, kind) => {
    expect(classifyHost(host)).toBe(kind);
  });

  it("says why a request is not sent", () => {
    expect(refusalOf("https://10.0.0.1/", [])).toBe("private-address");
    expect(refusalOf("https://10.0.0.1/", ["10.0.0.1"])).toBeUndefined();
    expect(refusalOf("http://auth.example/", ["auth.example"])).toBeUndefined();
    expect(refusalOf("http://auth.example/", [])).toBe("plain-http");
    expect(refusalOf("https://user:secret@auth.example/", [])).toBe("user-information");
    expect(isRefusedAddress("https://auth.example/", "10.0.0.1", [])).toBe(true);
    expect(isRefusedAddress("https://auth.example/", "10.0.0.1", ["auth.example"])).toBe(false);
  });
});
