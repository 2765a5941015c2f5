import { describe, expect, it } from "vitest";
import { parameters } from "@/lib/oauth/parameters.ts";
import { deriveS256Challenge } from "@/lib/oauth/pkce.ts";
import { createRedactor, readStored } from "@/lib/redaction/redact.ts";
import { rawRequest, redactQuery, redactRequest, redactUrl, summarise } from "./redacting.ts";

const loginForm = [
  "user",
  "username",
  "email",
  "password",
  "otp",
  "pin",
  "user_code",
  "login_hint",
  "message",
  "q7",
].map((name) => ({ name, value: "Robertson" }));

describe("public parameters stay as long as they read as what they are", () => {
  it.each([
    ["client_id", "3fa85f64-5717-4562-b3fc-2c963f66afa6"],
    ["client_id", "https://claude.ai/oauth/claude-code-client-metadata"],
    ["client_id", "1234567890-abc123def456.apps.googleusercontent.com"],
    ["client_id", "abc "],
    ["response_type", "code id_token"],
    ["response_type", "Code"],
    ["response_mode", "form-post"],
    ["code_challenge_method", "s256"],
    ["prompt", "select_account consent"],
    ["max_age", "604800"],
    ["scope", "openid mcp:tools User.Read https://www.googleapis.com/auth/drive.readonly repo:*"],
    ["error", "invalid_redirect_uri"],
    ["grant_type", "urn:ietf:params:oauth:grant-type:device_code"],
    ["ui_locales", "de-CH fr en"],
    ["resource", ""],
    ["audience", "my-api"],
  ])("%s=%s", (name, value) => {
    expect(redactQuery(name, value).value).toEqual({ kind: "clear", value });
  });

  it.each([
    ["client_id", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ.abc", "42 jwt compared"],
    ["client_id", `x${"y".repeat(600)}`, "601"],
    ["client_id", "bob@corp.example", "16 text"],
    ["prompt", "483920", "6 digits"],
    ["scope", "Tr0ub4dor&3", "~11.text~"],
    ["error", "NjgxNjI5", "8 base64url"],
    ["max_age", "483920", "6 digits"],
    ["display", "k8Jd72mQx0Lw9Zt5k8Jd72mQx0Lw9Zt5", "32 base64url compared"],
  ])("%s=%s does not", (name, value, expected) => {
    expect(summarise(redactQuery(name, value))).toContain(expected);
  });

  it("masks one strange scope and keeps those that are known", () => {
    expect(summarise(redactQuery("scope", "openid passphrase 9!x mcp:tools"))).toBe(
      "openid ~10.words~ ~3.text~ mcp:tools",
    );
  });
});

describe("secrets", () => {
  it.each(["state", "nonce", "code", "code_challenge"])("%s is comparable however short", (name) => {
    expect(redactQuery(name, "x1").value).toMatchObject({ kind: "secret", length: 2, fingerprint: expect.any(String) });
  });

  it.each([
    ["user_code", "WDJB-MJHT"],
    ["password", "correct horse battery staple, and a long one at that"],
    ["otp", "483920"],
    ["login_hint", "bob@corp.example"],
    ["foo", "483920"],
  ])("%s is measured only", (name, value) => {
    const parameter = redactQuery(name, value);
    expect(parameter.value).toMatchObject({ kind: "secret", length: value.length });
    expect(parameter.value).not.toHaveProperty("fingerprint");
  });

  it("gives equal values equal fingerprints under one key and different ones under another", () => {
    const state = (bytes: number) => {
      const observation = createRedactor({ id: `k${bytes}ey`, bytes: new Uint8Array(32).fill(bytes) }).redact(
        rawRequest({ url: "https://app.example/cb?state=af0ifjsldkj&state=af0ifjsldkj" }),
      );
      if (observation?.kind !== "request") throw new Error("dropped");
      return observation.url.parameters.map(({ value }) => (value.kind === "secret" ? value.fingerprint : undefined));
    };
    const [first, second] = state(1);
    expect(first).toBe(second);
    expect(state(2)[0]?.slice(-11)).not.toBe(first?.slice(-11));
  });

  it.each([
    ["raw", "a b&c", "a%20b%26c"],
    ["plus-as-space", "a+b", "a b"],
    ["html-unescaped", "a&amp;b", "a&b"],
    ["decoded-twice", "a%2Fb", "a/b"],
    ["prefix-255", "x".repeat(300), "x".repeat(255)],
  ])("recognises a state that was damaged on its way: %s", (how, sent, received) => {
    const original = redactQuery("state", sent).value;
    const damaged = redactQuery("state", received).value;
    if (original.kind !== "secret" || damaged.kind !== "secret") throw new Error("not secret");
    const variant = original.variants?.find((one) => one.how === how);
    expect(variant?.fingerprint).toBe(damaged.fingerprint);
  });

  it("makes a verifier comparable with its challenge", () => {
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const sent = redactQuery("code_challenge", deriveS256Challenge(verifier)).value;
    const { body } = redactRequest({
      method: "POST",
      body: { kind: "form", fields: [{ name: "code_verifier", value: verifier }] },
    });
    expect(body?.fields[0]?.value).toMatchObject({ s256: sent.kind === "secret" ? sent.fingerprint : undefined });
  });

  it("keeps of a JWT who issued it, for whom and until when", () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      iss: "https://as.example/",
      aud: "app",
      sub: "user-1",
      email: "bob@corp.example",
      nonce: "n-0S6",
      exp: 1_900_000_000,
    };
    const { value } = redactQuery("id_token", `${part({ alg: "RS256", kid: "k1" })}.${part(claims)}.c2lnbmF0dXJl`);
    const nonce = redactQuery("nonce", "n-0S6").value;
    expect(value).toMatchObject({
      charset: "jwt",
      jwt: {
        alg: "RS256",
        iss: "https://as.example/",
        aud: "app",
        exp: 1_900_000_000,
        nonce: nonce.kind === "secret" && nonce.fingerprint,
      },
    });
    expect(JSON.stringify(value)).not.toMatch(/user-1|bob|kid/);
  });
});

describe("request bodies", () => {
  it.each([
    ["a form", { kind: "form", fields: loginForm }],
    [
      "form text",
      {
        kind: "text",
        mimeType: "application/x-www-form-urlencoded",
        text: String(new URLSearchParams(loginForm.map(({ name, value }) => [name, value]))),
      },
    ],
    [
      "JSON",
      {
        kind: "text",
        mimeType: "application/json",
        text: JSON.stringify(Object.fromEntries(loginForm.map(({ name, value }) => [name, value]))),
      },
    ],
  ] as const)("keeps nothing of what a person types into %s, not even its length", (_, body) => {
    const request = redactRequest({ method: "POST", url: "https://as.example/login", body });
    expect(request.body).toMatchObject({ omitted: loginForm.length, fields: [] });
    const stored = readStored({
      ...request,
      body: {
        fields: [{ name: "user", place: "form", value: { kind: "secret", length: 9, charset: "text" } }],
        omitted: 1,
      },
    });
    expect(stored).toMatchObject({ body: { fields: [], omitted: 2 } });
  });

  it("counts fields that no specification lists", () => {
    const { body } = redactRequest({
      method: "POST",
      body: {
        kind: "form",
        fields: [
          { name: "passwd", value: "hunter2" },
          { name: "j_username", value: "bob" },
          { name: "state", value: "abc" },
        ],
      },
    });
    expect(body).toMatchObject({ omitted: 2, fields: [{ name: "state", place: "form" }] });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|bob|passwd|j_username/);
  });

  it("repeats a member that is a list", () => {
    const text = JSON.stringify({
      redirect_uris: ["http://localhost/a", "http://localhost/b"],
      client_name: "Test app",
      contacts: ["bob@corp.example"],
    });
    const { body } = redactRequest({ method: "POST", body: { kind: "text", mimeType: "application/json", text } });
    expect(body?.fields.map((field) => `${field.name} ${summarise(field)}`)).toEqual([
      "redirect_uris http|localhost|/a",
      "redirect_uris http|localhost|/b",
      "client_name Test app",
    ]);
    expect(body?.omitted).toBe(1);
  });
});

it("lists every parameter once", () => {
  const names = parameters.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it("stops at a sensible number of parameters", () => {
  expect(redactUrl(`https://a.example/?${"a=1&".repeat(50_000)}`).parameters.length).toBeLessThanOrEqual(400);
});
