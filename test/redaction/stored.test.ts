import { describe, expect, it } from "vitest";
import { gapReasons } from "@/lib/exchange/raw-observation.ts";
import { readStored } from "@/lib/redaction/redact.ts";
import { rawPage, rawRequest, rawResponse, redact } from "./redacting.ts";

const token = "k8Jd72mQx0Lw9Zt5k8Jd72mQ";
const request = rawRequest({
  url: `https://as.example/t/${token}/authorize?client_id=app&redirect_uri=${encodeURIComponent(`http://localhost:1/cb?x=${token}`)}&scope=${token}&state=${token}&${token}=1#`,
  headers: [
    { name: "Accept", value: "text/html, */*;q=0.8" },
    { name: "Authorization", value: `Bearer ${token}` },
    { name: "Referer", value: `https://a.example/?t=${token}` },
  ],
  body: {
    kind: "form",
    fields: [
      { name: "grant_type", value: "authorization_code" },
      { name: "code", value: token },
    ],
  },
  initiator: "https://app.example",
  purpose: "known-client/control",
});
const response = rawResponse({
  headers: [
    { name: "Link", value: `<https://a.example/?t=${token}>; rel="next"` },
    { name: "WWW-Authenticate", value: `Bearer error_description="No ${token}", scope="a b"` },
    { name: "Set-Cookie", value: `a.${token}=1; Path=/x/${token}` },
  ],
  body: {
    mimeType: "application/json",
    text: JSON.stringify({ issuer: `https://as.example/${token}`, jwks_uri: "https://as.example/jwks", x: 1 }),
  },
});
const page = rawPage({
  title: "Error",
  url: "https://as.example/a?client_id=a1b2c3d4e5f6a7b8c9",
  html: `<h1>AADSTS700016: Application with identifier 'a1b2c3d4e5f6a7b8c9' was not found in the directory</h1><p>User ${token} bob@corp.example</p><form action="/x?y=${token}">`,
});

describe("what redaction made is read back unchanged", () => {
  it.each([
    request,
    response,
    page,
    { ...page, kind: "tab", event: "closed" } as const,
    ...gapReasons.map((reason) => ({ ...page, kind: "gap", reason }) as const),
  ])("$kind", (raw) => {
    const observation = redact(raw);
    expect(readStored(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
  });
});

describe("a clear value that redaction would not have kept is measured", () => {
  const observation = redact(request);
  const clear = (name: string) => ({
    ...observation,
    url: {
      scheme: "https",
      host: "a.example",
      path: "/",
      parameters: [{ name, place: "query", value: { kind: "clear", value: token } }],
    },
  });
  it.each([
    ["an unlisted parameter", clear("foo")],
    ["a secret parameter", clear("code")],
    ["an enumeration", clear("prompt")],
    ["a text", clear("error_description")],
    ["a name", clear(token)],
    [
      "a path",
      { ...observation, url: { scheme: "https", host: "a.example", path: `/${token}?code=${token}`, parameters: [] } },
    ],
    [
      "a host",
      { ...observation, url: { scheme: "https", host: `user:${token}@a.example`, path: "/", parameters: [] } },
    ],
    [
      "a header",
      {
        ...observation,
        headers: [
          { name: "accept", place: "header", value: { kind: "clear", value: token } },
          { name: "x-y", place: "header", value: { kind: "clear", value: token } },
        ],
      },
    ],
    ["an initiator", { ...observation, initiator: `https://a.example/${token}` }],
    ["a purpose", { ...observation, purpose: `k ${token}` }],
    [
      "a claim",
      {
        ...observation,
        url: {
          scheme: "https",
          host: "a.example",
          path: "/",
          parameters: [
            {
              name: "id_token",
              place: "query",
              value: { kind: "secret", length: 1, charset: "jwt", jwt: { sub: token, alg: token } },
            },
          ],
        },
      },
    ],
    [
      "an extra member",
      {
        ...observation,
        secret: token,
        url: { scheme: "https", host: "a.example", path: "/", parameters: [], raw: token },
      },
    ],
    [
      "page text",
      {
        ...redact(page),
        title: token,
        excerpt: `x ${token}`,
        matches: [{ template: token, means: [], isDistinctive: true, quote: token }],
      },
    ],
    ["a cookie", { ...redact(response), cookies: [{ name: token, attributes: [token, `Path=/${token}`] }] }],
    [
      "a document",
      {
        ...redact(response),
        body: {
          kind: "document",
          mimeType: "application/json",
          document: { x: token, issuer: `https://a.example/${token}` },
          omitted: [token],
          length: 1,
          bytes: "test.AAAAAAAAAAA",
        },
      },
    ],
  ])("%s", (_, stored) => {
    const read = readStored(stored);
    expect(read).toBeDefined();
    expect(JSON.stringify(read)).not.toContain(token);
  });
});

describe("what is no observation is refused", () => {
  const nested = () => {
    let url: unknown = { scheme: "", host: "", path: "", parameters: [] };
    for (let depth = 0; depth < 20_000; depth += 1)
      url = {
        scheme: "",
        host: "",
        path: "",
        parameters: [
          { name: "u", place: "query", value: { kind: "url", url, length: 1, fingerprint: "test.AAAAAAAAAAA" } },
        ],
      };
    return { ...redact(request), url };
  };
  it.each([undefined, null, 1, "x", [], {}, { kind: "request" }, { ...redact(request), id: `<${token}>` }, nested()])(
    "case %#",
    (value) => {
      expect(readStored(value)).toBeUndefined();
    },
  );
});
