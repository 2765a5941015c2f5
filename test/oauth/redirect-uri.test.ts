import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closestUri,
  compareUris,
  isLoopback,
  isLoopbackPortVariant,
  parseUri,
  redirectUriProblems,
} from "@/lib/oauth/redirect-uri.ts";

describe("parseUri", () => {
  it.each([
    [
      "HTTP://user:p%40@Example.COM:08080/a%2Fb/../c;x?y=%20&z#frag?#",
      {
        scheme: "HTTP",
        userinfo: "user:p%40",
        host: "Example.COM",
        port: "08080",
        path: "/a%2Fb/../c;x",
        query: "y=%20&z",
        fragment: "frag?#",
      },
    ],
    ["https://app.example", { scheme: "https", host: "app.example", path: "" }],
    ["https://app.example?", { scheme: "https", host: "app.example", path: "", query: "" }],
    ["https://app.example:/", { scheme: "https", host: "app.example", port: "", path: "/" }],
    ["http://[::1]:33418/cb", { scheme: "http", host: "[::1]", port: "33418", path: "/cb" }],
    ["http://[::1]/cb", { scheme: "http", host: "[::1]", path: "/cb" }],
    ["com.example.app:/oauth2redirect", { scheme: "com.example.app", path: "/oauth2redirect" }],
    ["urn:ietf:wg:oauth:2.0:oob", { scheme: "urn", path: "ietf:wg:oauth:2.0:oob" }],
    ["cursor://anysphere.cursor-mcp/cb", { scheme: "cursor", host: "anysphere.cursor-mcp", path: "/cb" }],
  ])("cuts %s without normalising it", (text, parts) => {
    expect(parseUri(text)).toEqual(parts);
  });

  it.each(["", "/callback", "//host/callback", "callback", ":x", "1a:b", "a b:c", "[::1]:80/cb"])(
    "has no parts for %j, which is not absolute",
    (text) => {
      expect(parseUri(text)).toBeUndefined();
    },
  );

  it("loses no character of any absolute URI", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (rest) => {
        const text = `app:${rest}`;
        const uri = parseUri(text);
        const authority =
          uri?.host === undefined
            ? ""
            : `//${uri.userinfo === undefined ? "" : `${uri.userinfo}@`}${uri.host}${uri.port === undefined ? "" : `:${uri.port}`}`;
        const tail = `${uri?.query === undefined ? "" : `?${uri.query}`}${uri?.fragment === undefined ? "" : `#${uri.fragment}`}`;
        expect(`${uri?.scheme}:${authority}${uri?.path}${tail}`).toBe(text);
      }),
    );
  });
});

describe("compareUris", () => {
  const registered = "https://app.example:8443/Auth/callback%2Fx?tenant=1";
  it.each([
    ["http://app.example:8443/Auth/callback%2Fx?tenant=1", ["scheme"]],
    ["https://me@app.example:8443/Auth/callback%2Fx?tenant=1", ["userinfo"]],
    ["https://other.example:8443/Auth/callback%2Fx?tenant=1", ["host"]],
    ["https://APP.example:8443/Auth/callback%2Fx?tenant=1", ["host case"]],
    ["https://app.example/Auth/callback%2Fx?tenant=1", ["port"]],
    ["https://app.example:8443/Auth/other?tenant=1", ["path"]],
    ["https://app.example:8443/auth/callback%2Fx?tenant=1", ["path case"]],
    ["https://app.example:8443/Auth/callback%2Fx/?tenant=1", ["trailing slash"]],
    ["https://app.example:8443/Auth/callback/x?tenant=1", ["percent-encoding"]],
    ["https://app.example:8443/Auth/callback%2Fx?tenant=2", ["query"]],
    ["https://app.example:8443/Auth/callback%2Fx", ["query"]],
    ["https://app.example:8443/Auth/callback%2Fx?tenant=1#x", ["fragment"]],
    ["http://app.example/Auth/callback%2Fx/?tenant=1", ["scheme", "port", "trailing slash"]],
    [registered, []],
  ])("finds what differs in %s", (sent, parts) => {
    expect(compareUris(sent, registered).map((difference) => difference.part)).toEqual(parts);
  });

  it("carries both sides as written", () => {
    expect(compareUris("http://localhost:8080/cb", "http://127.0.0.1:8080/cb")).toEqual([
      { part: "host", sent: "localhost", registered: "127.0.0.1" },
    ]);
  });

  it("tells an empty part from an absent one", () => {
    expect(compareUris("https://app.example/cb?", "https://app.example/cb")).toEqual([
      { part: "query", sent: "?", registered: "" },
    ]);
  });

  it("takes a URI without a scheme as different in whole", () => {
    expect(compareUris("/cb", "https://app.example/cb")).toEqual([
      { part: "scheme", sent: "/cb", registered: "https://app.example/cb" },
    ]);
  });

  it("survives percent signs that decode to nothing", () => {
    expect(compareUris("app:%E0%A4%A", "app:%zz").map((difference) => difference.part)).toEqual(["path"]);
  });

  it("finds a difference exactly when the strings differ", () => {
    const uri = fc.constantFrom(
      "app:/",
      "app:/?",
      "app:/#",
      "app://h",
      "app://h/",
      "APP:/",
      "app://@h",
      "app://h:",
      "app:",
      "app://",
      "x",
    );
    fc.assert(fc.property(uri, uri, (one, other) => (compareUris(one, other).length === 0) === (one === other)));
  });
});

describe("loopback", () => {
  it.each([
    ["http://127.0.0.1:51004/cb", "http://127.0.0.1:33418/cb", true],
    ["http://127.0.0.1:51004/cb", "http://127.0.0.1/cb", true],
    ["http://[::1]:51004/cb", "http://[::1]:1/cb", true],
    ["http://127.0.0.1:51004/cb", "http://127.0.0.1:51004/cb", true],
    ["http://127.0.0.1:51004/other", "http://127.0.0.1:33418/cb", false],
    ["http://127.0.0.1:51004/cb", "http://localhost:51004/cb", false],
    ["http://localhost:51004/cb", "http://localhost:33418/cb", false],
    ["https://127.0.0.1:51004/cb", "https://127.0.0.1:33418/cb", false],
    ["http://10.0.0.1:51004/cb", "http://10.0.0.1:33418/cb", false],
    ["http://127.0.0.1.example:1/cb", "http://127.0.0.1.example:2/cb", false],
  ])("frees only the port of a loopback address: %s for %s is %s", (sent, registered, expected) => {
    expect(isLoopbackPortVariant(sent, registered)).toBe(expected);
  });

  it.each([
    ["http://localhost:1/", true],
    ["http://LOCALHOST/", true],
    ["http://mcp.localhost/", true],
    ["http://127.9.9.9/", true],
    ["http://[::1]/", true],
    ["http://localhost.example/", false],
    ["http://128.0.0.1/", false],
    ["app:/cb", false],
  ])("knows whether %s is this machine: %s", (uri, expected) => {
    expect(isLoopback(uri)).toBe(expected);
  });
});

describe("closestUri", () => {
  it("prefers a slip in the same place over another place", () => {
    expect(
      closestUri("https://app.example/callback", [
        "https://app.example.org/callback",
        "https://app.example/callback/",
        "http://app.example/callback",
      ]),
    ).toBe("https://app.example/callback/");
  });

  it("is undefined without candidates", () => {
    expect(closestUri("https://app.example/", [])).toBeUndefined();
  });
});

describe("redirectUriProblems", () => {
  it.each([
    ["https://app.example/cb", []],
    ["http://127.0.0.1:33418/", []],
    ["com.example.app:/cb", []],
    ["urn:ietf:wg:oauth:2.0:oob", []],
    ["/callback", ["it is not an absolute URI: it has no scheme"]],
    ["https://app.example/cb#", ["it has a fragment"]],
    ["https://me@app.example/cb", ["it has user information before the host"]],
    ["https:///cb", ["its host is empty"]],
    ["https://*.example/cb", ["its host has a wildcard"]],
    ["https://app.example:99999/cb", ['its port "99999" is not a port number']],
    ["javascript:alert(1)", ['its scheme "javascript" runs script']],
    ["https:app.example/cb", ["it has no // and no host"]],
    ["https://app.example/a b", ["it has white space"]],
    ["https://app.example/%2", ["it has a % that is not followed by two hexadecimal digits"]],
  ])("judges %s", (uri, problems) => {
    expect(redirectUriProblems(uri)).toEqual(problems);
  });
});
