import { describe, expect, it } from "vitest";
import { challengeParameter, parseChallenges } from "@/lib/oauth/www-authenticate.ts";

describe("WWW-Authenticate", () => {
  it.each<[string, unknown]>([
    ["Bearer", [{ scheme: "Bearer", parameters: [] }]],
    [
      'Bearer realm="a, b", scope="x y"',
      [
        {
          scheme: "Bearer",
          parameters: [
            { name: "realm", value: "a, b" },
            { name: "scope", value: "x y" },
          ],
        },
      ],
    ],
    ['Bearer Realm = "a"', [{ scheme: "Bearer", parameters: [{ name: "realm", value: "a" }] }]],
    ["Negotiate YWJjZA==", [{ scheme: "Negotiate", token68: "YWJjZA==", parameters: [] }]],
    [
      'Basic realm="x", Bearer error=invalid_token',
      [
        { scheme: "Basic", parameters: [{ name: "realm", value: "x" }] },
        { scheme: "Bearer", parameters: [{ name: "error", value: "invalid_token" }] },
      ],
    ],
    [
      "Negotiate, Basic realm=x",
      [
        { scheme: "Negotiate", parameters: [] },
        { scheme: "Basic", parameters: [{ name: "realm", value: "x" }] },
      ],
    ],
    ['Bearer a="\\"\\\\"', [{ scheme: "Bearer", parameters: [{ name: "a", value: '"\\' }] }]],
    [' , , Bearer a="" , ', [{ scheme: "Bearer", parameters: [{ name: "a", value: "" }] }]],
    ["", []],
  ])("%s", (field, challenges) => {
    expect(parseChallenges(field)).toEqual({ challenges, problems: [] });
  });

  it.each([
    ["a URL without quotes", "Bearer resource_metadata=https://h/x", "needs quotes"],
    ["spaces instead of commas", 'Bearer error="x" resource_metadata="https://h/x"', "not separated by a comma"],
  ])("reads %s as meant and says so", (_, field, problem) => {
    const parsed = parseChallenges(field);
    expect(challengeParameter(parsed, "bearer", "resource_metadata")).toBe("https://h/x");
    expect(parsed.problems.join()).toContain(problem);
  });

  it.each([
    ["a quote that does not end", 'Bearer a="x'],
    ["a parameter before any scheme", 'a="x", Bearer'],
    ["control characters", "Bearer \u0000\u0001"],
    ["only separators", ",=,=,;"],
  ])("survives %s and says so", (_, field) => {
    expect(parseChallenges(field).problems.length).toBeGreaterThan(0);
  });

  it("reads only so much of a field", () => {
    const parsed = parseChallenges(`Bearer ${'a="b", '.repeat(50_000)}`);
    expect(parsed.problems[0]).toContain("16384");
    expect(parsed.challenges[0]?.parameters.length).toBeLessThan(3_000);
  });
});
