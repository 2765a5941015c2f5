import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientSteps, clients, findClient, recogniseClient } from "@/lib/clients/index.ts";

describe("recogniseClient", () => {
  it.each([
    ["https://claude.ai/api/mcp/auth_callback", "claude"],
    ["cursor://anysphere.cursor-mcp/oauth/callback", "cursor"],
    ["http://localhost:8787/callback", "cursor"],
    ["http://127.0.0.1:54321/callback/AbC-d_1", "codex"],
    ["http://127.0.0.1:33418/", "vs-code"],
    ["http://127.0.0.1:1458/mcp/oauth/callback", "cline"],
    ["http://127.0.0.1:19876/mcp/oauth/callback", "opencode"],
    ["https://chat.example:8443/api/mcp/github/oauth/callback", "librechat"],
    ["https://app.mcpmanager.ai/api/v1/mcpm/inbound/oauth/callback", "mcp-manager"],
  ])("knows %s", (redirectUri, id) => {
    expect(recogniseClient({ redirectUri })?.id).toBe(id);
  });

  it.each([
    "http://localhost:51004/callback",
    "http://127.0.0.1:51004/callback",
    "http://localhost:51004/oauth/callback",
    "http://127.0.0.1:51004/",
    "https://claude.ai/api/mcp/auth_callback/",
    "https://CLAUDE.ai/api/mcp/auth_callback",
    "https://claude.ai/api/mcp/auth_callback?x=1",
    "https://evil.example/?https://claude.ai/api/mcp/auth_callback",
    "https://claude.ai.evil.example/api/mcp/auth_callback",
    "https://user@evil.example/rest/oauth2-credential/callback",
    "http://127.0.0.1:54321/callback/a/b",
    "http://127.0.0.1:123456/callback/a",
    "",
  ])("does not claim %j, which others use too or which is not it", (redirectUri) => {
    expect(recogniseClient({ redirectUri })).toBeUndefined();
  });

  it("takes the metadata document over the name, and the name over the redirect URI", () => {
    const redirectUri = "http://localhost:8787/callback";
    const clientId = "https://claude.ai/oauth/claude-code-client-metadata";
    expect(recogniseClient({ redirectUri, clientId, clientName: "Zed" })?.id).toBe("claude-code");
    expect(recogniseClient({ redirectUri, clientId: "abc", clientName: "Zed" })?.id).toBe("zed");
    expect(recogniseClient({ redirectUri, clientId: "abc", clientName: "Mine" })?.id).toBe("cursor");
  });

  it("stays linear on a long redirect URI", () => {
    expect(recogniseClient({ redirectUri: `https://${"a".repeat(1_000_000)}` })).toBeUndefined();
  });
});

describe("clientSteps", () => {
  const cursor = findClient("cursor");
  if (!cursor) throw new Error("no cursor");

  it("asks the user to make the client forget a registration that the server has forgotten", () => {
    expect(clientSteps("unknown-client", cursor)).toEqual([{ by: "user", do: cursor.reset }]);
  });

  it("gives the operator the redirect URIs to paste", () => {
    expect(clientSteps("redirect-uri-not-registered", cursor)[0]?.code?.text.split("\n")).toEqual(cursor.allowList);
  });

  it("has nothing to say about faults that are not the client's", () => {
    expect(clientSteps("authorization-server-error", cursor)).toEqual([]);
  });
});

describe("the entries", () => {
  const files = readdirSync(new URL("../../lib/clients/", import.meta.url))
    .map((name) => name.replace(/\.ts$/, ""))
    .filter((name) => name !== "index" && name !== "client");

  it("are one file each, listed in the order of their ids", () => {
    expect(clients.map((client) => client.id)).toEqual(files.sort());
  });

  it.each(clients.map((client) => [client.id, client] as const))("%s can be recognised and acted on", (_, client) => {
    const marks = [...client.redirectUris, ...client.metadataDocuments, ...client.clientNames];
    expect(marks.length).toBeGreaterThan(0);
    expect(client.allowList.length).toBeGreaterThan(0);
    for (const sentence of [client.reset, client.retry]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    for (const line of client.allowList) expect(line).toMatch(/^[a-z]+:\/\/\S+/);
  });

  it("claim no redirect URI, document or name twice", () => {
    for (const marks of [
      clients.flatMap((client) => client.redirectUris),
      clients.flatMap((client) => client.metadataDocuments),
      clients.flatMap((client) => client.clientNames),
    ]) {
      expect(new Set(marks).size).toBe(marks.length);
    }
  });

  it("follow each placeholder by a delimiter, so that matching stays linear", () => {
    for (const template of clients.flatMap((client) => [...client.redirectUris, ...client.metadataDocuments])) {
      expect(template).toMatch(/^([^{}]|\{(port|any|host)\}(?=\/|$))*$/);
    }
  });
});
