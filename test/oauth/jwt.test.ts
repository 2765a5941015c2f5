import { describe, expect, it } from "vitest";
import { parseJwt } from "@/lib/oauth/jwt.ts";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("parseJwt (RFC 7519)", () => {
  it("reads header and claims, whatever the signature", () => {
    expect(parseJwt(`${part({ alg: "none" })}.${part({ iss: "https://as.example", name: "Zoë" })}.`)).toEqual({
      header: { alg: "none" },
      claims: { iss: "https://as.example", name: "Zoë" },
    });
  });

  it("reads only the header of an encrypted one", () => {
    expect(parseJwt(`${part({ alg: "dir", enc: "A256GCM" })}..iv.text.tag`)).toEqual({
      header: { alg: "dir", enc: "A256GCM" },
    });
  });

  it.each([
    "",
    "ey",
    "ey.ey.ey",
    "eyJhbGciOiJub25lIn0",
    `${part([])}.${part({})}.x`,
    `${part({})}.${part({})}`,
    "not.a.token",
    `ey${".".repeat(100_000)}`,
  ])("%.40s is none", (value) => {
    expect(parseJwt(value)).toBeUndefined();
  });

  it("keeps a claim called __proto__ a claim", () => {
    const payload = Buffer.from('{"__proto__":{"admin":true}}').toString("base64url");
    const claims = parseJwt(`${part({ alg: "none" })}.${payload}.x`)?.claims;
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it("leaves out a payload that is too long to be one", () => {
    expect(parseJwt(`${part({ alg: "none" })}.${part({ x: "y".repeat(20_000) })}.z`)).toEqual({
      header: { alg: "none" },
    });
  });
});
