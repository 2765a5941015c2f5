import { describe, expect, it } from "vitest";
import { deriveS256Challenge, isCodeVerifier, isS256Challenge } from "@/lib/oauth/pkce.ts";

describe("PKCE (RFC 7636)", () => {
  it("derives the challenge of Appendix B", () => {
    const challenge = deriveS256Challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    expect(challenge).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    expect(isS256Challenge(challenge)).toBe(true);
  });

  it.each([
    ["a".repeat(42), false],
    ["a".repeat(43), true],
    [`${"a".repeat(42)}~`, true],
    ["a".repeat(128), true],
    ["a".repeat(129), false],
    [`${"a".repeat(42)}=`, false],
  ])("knows a verifier: %s", (value, expected) => {
    expect(isCodeVerifier(value)).toBe(expected);
  });

  it.each(["", "x".repeat(42), `${"x".repeat(43)}=`, `${"x".repeat(42)}+`])(
    "knows what is no S256 challenge: %s",
    (value) => {
      expect(isS256Challenge(value)).toBe(false);
    },
  );
});
