import { describe, expect, it } from "vitest";
import { isMetadataDocumentId, parseClientMetadata } from "@/lib/oauth/client-metadata.ts";
import { readSecretLifetime } from "@/lib/oauth/registration.ts";
import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";

const saysOf = ({ problems }: { readonly problems: readonly { readonly says: string }[] }) =>
  problems.map(({ says }) => says);

describe("server metadata", () => {
  it("lists every problem and keeps every member that can be used", () => {
    const parsed = parseServerMetadata({
      issuer: "https://auth.example/?a=1#b",
      authorization_endpoint: "javascript:alert(1)",
      token_endpoint: "/token",
      jwks_uri: "https://auth.example/jwks",
      scopes_supported: [],
      response_types_supported: "code",
      grant_types_supported: null,
      code_challenge_methods_supported: ["S256"],
      unlisted: { anything: [1] },
    });
    expect(saysOf(parsed)).toEqual([
      'authorization_endpoint is "javascript:alert(1)", which is neither https nor http',
      'token_endpoint is "/token", not an absolute URL',
      "scopes_supported is an empty list",
      "response_types_supported is a string, not a list of strings",
      "grant_types_supported is null, not a list of strings",
      'issuer is "https://auth.example/?a=1#b", which has a fragment',
      'issuer is "https://auth.example/?a=1#b", which has a query',
    ]);
    expect(parsed.value).toEqual({
      issuer: "https://auth.example/?a=1#b",
      jwks_uri: "https://auth.example/jwks",
      scopes_supported: [],
      code_challenge_methods_supported: ["S256"],
    });
  });

  it.each([undefined, null, 1, "x", true, [], [{}]])("says that %j is no document", (value) => {
    expect(parseServerMetadata(value)).toMatchObject({ value: {}, problems: [{ kind: "notAnObject" }] });
  });

  it("names what OpenID requires only of an OpenID document", () => {
    const document = {
      issuer: "https://a.example",
      authorization_endpoint: "https://a.example/a",
      token_endpoint: "https://a.example/t",
      response_types_supported: ["code"],
    };
    expect(saysOf(parseServerMetadata(document))).toEqual([]);
    expect(saysOf(parseServerMetadata(document, "openid"))).toHaveLength(3);
  });

  it("takes members of the prototype for nothing", () => {
    const parsed = parseServerMetadata(JSON.parse('{"__proto__":{"issuer":"https://evil.example"},"constructor":1}'));
    expect(parsed.value).toEqual({});
    expect(({} as { issuer?: string }).issuer).toBeUndefined();
  });

  it("cuts a value that would fill a report", () => {
    const [says] = saysOf(parseServerMetadata({ issuer: `x${"y".repeat(100_000)}` }));
    expect(says?.length).toBeLessThan(400);
  });
});

describe("resource metadata", () => {
  it.each<[unknown, string[]]>([
    [{ resource: "https://h/mcp", authorization_servers: ["https://a"] }, []],
    [{ resource: "https://h/mcp" }, ["authorization_servers is missing"]],
    [{ resource: "https://h/mcp", authorization_servers: [] }, ["authorization_servers is an empty list"]],
    [
      { authorization_servers: ["https://a", 1] },
      ["authorization_servers is a list, not a list of URLs", "resource is missing"],
    ],
    [
      { resource: "https://h/mcp#x", authorization_servers: ["a b"] },
      ['authorization_servers is "a b", not an absolute URL', 'resource is "https://h/mcp#x", which has a fragment'],
    ],
  ])("%j", (value, says) => {
    expect(saysOf(parseResourceMetadata(value))).toEqual(says);
  });
});

describe("a client ID metadata document", () => {
  const id = "https://client.example/c.json";
  const document = {
    client_id: id,
    client_name: "C",
    redirect_uris: ["http://127.0.0.1/cb"],
    token_endpoint_auth_method: "none",
  };

  it.each<[string, unknown, string[]]>([
    ["conforms", document, []],
    [
      "names another id",
      { ...document, client_id: `${id}/` },
      [`client_id is "${id}/", but the document was fetched from "${id}"`],
    ],
    ["lacks members", { client_id: id }, ["client_name is missing", "redirect_uris is missing"]],
    [
      "holds secrets",
      { ...document, token_endpoint_auth_method: "client_secret_post", client_secret: "s" },
      [
        'token_endpoint_auth_method is "client_secret_post", which needs a shared secret',
        "client_secret stands in a public document",
      ],
    ],
  ])("%s", (_, value, says) => {
    expect(saysOf(parseClientMetadata(value, id))).toEqual(says);
  });

  it.each([
    [id, true],
    ["http://localhost:3000/c.json", true],
    ["http://client.example/c.json", false],
    ["https://client.example", false],
    ["https://client.example/", false],
    ["https://client.example/c#x", false],
    ["https://user@client.example/c", false],
    ["client-1", false],
    ["urn:x:y", false],
  ])("%s as client_id", (clientId, is) => {
    expect(isMetadataDocumentId(clientId)).toBe(is);
  });
});

describe("the lifetime of a registered secret", () => {
  it.each<[string | undefined, unknown]>([
    ["0", { kind: "never" }],
    ["3600", { kind: "expires", at: 3600, afterSeconds: 2600 }],
    ["1000", { kind: "expired", at: 1000 }],
    [undefined, { kind: "unreadable" }],
    ["soon", { kind: "unreadable" }],
    ["-5", { kind: "unreadable" }],
  ])("%s", (expiresAt, lifetime) => {
    expect(readSecretLifetime(expiresAt, 1_000_000)).toEqual(lifetime);
  });
});
