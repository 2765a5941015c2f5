import { describe, expect, it } from "vitest";
import { header, redactRequest, redactResponse, summarise } from "./redacting.ts";

const token = "k8Jd72mQx0Lw9Zt5k8Jd72mQ";
const headersOf = (name: string, value: string) => redactResponse({ headers: [{ name, value }] }).headers;
const json = (value: unknown, url = "https://as.example/token") =>
  redactResponse({
    url,
    body: { mimeType: "application/json", text: typeof value === "string" ? value : JSON.stringify(value) },
  }).body;

describe("where a response leads", () => {
  it.each([
    [{ location: "/login?x=1" }, "https|as.example|/login"],
    [{ location: "login" }, "https|as.example|/login"],
    [{ location: "//other.example/x" }, "https|other.example|/x"],
    [{ location: "cursor://anysphere.cursor-mcp/oauth/cb?code=x" }, "cursor|anysphere.cursor-mcp|/oauth/cb"],
    [{ location: "https://app.example" }, "https|app.example|"],
  ])("%o", ({ location }, expected) => {
    const { redirect } = redactResponse({ status: 302, headers: [{ name: "Location", value: location }] });
    expect(`${redirect?.scheme}|${redirect?.host}|${redirect?.path}`).toBe(expected);
  });

  it("recovers the fragment that HAR writers drop", () => {
    const { redirect } = redactResponse({
      status: 302,
      redirectUrl: "https://app.example/cb",
      headers: [{ name: "location", value: "/cb#error=access_denied" }],
    });
    expect(redirect?.parameters).toMatchObject([
      { name: "error", place: "fragment", value: { value: "access_denied" } },
    ]);
  });
});

describe("headers", () => {
  it.each([
    ["Content-Type", "multipart/form-data; boundary=k8Jd72mQx0", "multipart/form-data"],
    ["content-type", "application/json; charset=UTF-8", "application/json; charset=utf-8"],
    ["Cache-Control", "no-store, max-age=3600", "no-store, max-age=3600"],
    ["Server", "nginx/1.25.3", "nginx/1.25.3"],
    ["Retry-After", "120", "120"],
    ["Access-Control-Allow-Origin", `https://app.example/?t=${token}`, "https://app.example"],
    [
      "Link",
      '<https://as.example/register>; rel="http://oauth.net/core/2.1/#registration"',
      '<https://as.example/register>; rel="http://oauth.net/core/2.1/#registration"',
    ],
    ["Refresh", `0; url=https://app.example/cb?code=${token}`, "0; url=https://app.example/cb?code=~24.base64url~"],
    [
      "WWW-Authenticate",
      `Bearer realm="mcp", error="invalid_token", error_description="Token ${token} expired", resource_metadata="https://rs.example/.well-known/oauth-protected-resource", session="${token}"`,
      'Bearer realm="mcp", error="invalid_token", error_description="Token ~24.base64url~ expired", resource_metadata="https://rs.example/.well-known/oauth-protected-resource"',
    ],
    ["www-authenticate", 'Basic realm="x", Bearer scope="mcp:tools"', 'Basic realm="x", Bearer scope="mcp:tools"'],
  ])("%s: %s", (name, value, expected) => {
    expect(header(headersOf(name, value), name.toLowerCase())).toBe(expected);
  });

  it.each(["X-Session", "ETag", "Set-Cookie2", "X-Request-Id", "Authorization"])("%s is dropped", (name) => {
    expect(headersOf(name, token)).toEqual([]);
  });

  it("keeps a cookie's name and attributes", () => {
    const { cookies } = redactResponse({
      headers: [
        {
          name: "Set-Cookie",
          value: `__Host-session=${token}; Path=/; Secure; HttpOnly; SameSite=None; Expires=Wed, 21 Oct 2026 07:28:00 GMT; X=${token}\n.AspNetCore.Correlation.${token}=N; Max-Age=900; Domain=as.example`,
        },
      ],
    });
    expect(cookies).toEqual([
      { name: "__Host-session", attributes: ["Path=/", "Secure", "HttpOnly", "SameSite=None", "Expires"] },
      { name: ".AspNetCore.Correlation.~24.base64url~", attributes: ["Max-Age=900", "Domain=as.example"] },
    ]);
  });

  it("keeps of credentials the scheme, and the client of Basic ones", () => {
    const sent = [
      { name: "Authorization", value: `Basic ${btoa(`my-client:${token}`)}` },
      { name: "Cookie", value: `sid=${token}; theme=dark` },
    ];
    const body = { kind: "form", fields: [{ name: "grant_type", value: "authorization_code" }] } as const;
    const { headers = [] } = redactRequest({ method: "POST", headers: sent, body });
    expect(header(headers, "authorization")).toBe("Basic");
    expect(header(headers, "client_id")).toBe("my-client");
    expect(header(headers, "cookie")).toBe("sid; theme");
  });

  it("keeps no user of Basic credentials where a person or an API key may be the user", () => {
    for (const user of ["jo.smith@corp.example", "sunshine", token]) {
      const sent = [{ name: "Authorization", value: `Basic ${btoa(`${user}:x`)}` }];
      const posted = { kind: "text", mimeType: "application/json", text: '{"method":"tools/list"}' } as const;
      for (const request of [{ headers: sent }, { method: "POST", headers: sent, body: posted }])
        expect(header(redactRequest(request).headers ?? [], "client_id")).toBeUndefined();
    }
  });
});

describe("bodies", () => {
  it("keeps a metadata document in clear, and only names what is not listed", () => {
    const document = {
      issuer: "https://as.example/",
      token_endpoint: "https://as.example/token",
      code_challenge_methods_supported: ["S256"],
      scopes_supported: ["mcp:tools", token],
      internal_key: token,
      ["__proto__"]: 1,
    };
    const text = JSON.stringify(document).replace("{", '{"__proto__":{"polluted":true},');
    expect(json(text, "https://as.example/.well-known/oauth-authorization-server")).toMatchObject({
      kind: "document",
      document: {
        issuer: "https://as.example/",
        token_endpoint: "https://as.example/token",
        code_challenge_methods_supported: ["S256"],
        scopes_supported: ["mcp:tools", "~24.base64url~"],
      },
      omitted: expect.arrayContaining(["internal_key"]),
    });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("lists the members of a token answer", () => {
    const body = json({
      access_token: token,
      token_type: "Bearer",
      expires_in: 3599,
      scope: "mcp:tools",
      foo: { bar: token },
    });
    expect(body?.kind === "fields" && body.fields.map((field) => `${field.name} ${summarise(field)}`)).toEqual([
      "access_token 24 base64url compared",
      "token_type Bearer",
      "expires_in 3599",
      "scope mcp:tools",
    ]);
  });

  it("does not take an answer with a secret for a document", () => {
    expect(json({ client_id: "https://app.example/client.json", redirect_uris: [], client_secret: token })?.kind).toBe(
      "fields",
    );
  });

  it.each([
    ["", "empty"],
    ["<!doctype html><p>Log in", "html"],
    ["{", "not-json"],
    ["[]", "not-an-object"],
    ["[".repeat(100_000), "not-json"],
    [`"${"x".repeat(1_100_000)}"`, "too-large"],
  ])("says why %.20j is none", (text, problem) => {
    expect(json(text)).toMatchObject({ kind: "other", problem, length: text.length });
  });

  it("survives a document nested deeper than the stack", () => {
    const depth = 20_000;
    const text = `{"issuer":"https://a.example","token_endpoint":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`;
    expect(json(text)).toMatchObject({
      kind: "document",
      document: { issuer: "https://a.example", token_endpoint: null },
    });
  });
});
