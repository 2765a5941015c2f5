import { describe, expect, it } from "vitest";
import { compareIssuers, isSpellingOnly } from "@/lib/oauth/issuer.ts";

const base = "https://auth.example/tenant";

describe("issuers", () => {
  it.each<[string, string, readonly string[], boolean]>([
    [base, base, [], true],
    [base, `${base}/`, ["trailing slash"], true],
    ["https://auth.example", "https://auth.example/", ["trailing slash"], true],
    [base, "https://Auth.example/tenant", ["case"], true],
    [base, "HTTPS://auth.example/tenant", ["case"], true],
    [base, "https://auth.example/Tenant", ["case"], true],
    [base, "https://auth.example:443/tenant", ["default port"], true],
    ["http://auth.example", "http://auth.example:80", ["default port"], true],
    [base, "https://auth.example/%74enant", ["percent-encoding"], true],
    [base, "https://auth.example:8443/tenant", ["port"], false],
    [base, "https://auth.example", ["path"], false],
    [base, "https://auth.example/other", ["path"], false],
    [base, "https://other.example/tenant", ["host"], false],
    [base, "http://auth.example/tenant", ["scheme"], false],
    [base, `${base}?a=1`, ["query or fragment"], false],
    ["https://[::1]:443", "https://[::1]", ["default port"], true],
    [base, "https://auth.example/%zz", ["path"], false],
    [base, "", ["path", "scheme", "host"], false],
    ["a", "b", ["host"], false],
  ])("%s against %s", (expected, actual, differences, isSpelling) => {
    const comparison = compareIssuers(expected, actual);
    if (differences.length === 0) expect(comparison).toEqual({ verdict: "identical" });
    else expect(comparison).toEqual({ verdict: "different", differences });
    expect(isSpellingOnly(comparison)).toBe(isSpelling);
  });
});
