import { expect, it } from "vitest";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { rawPage, rawRequest, rawResponse, redact } from "./redacting.ts";

it("gives the same event the same id, under any key", () => {
  const other = createRedactor({ id: "other", bytes: new Uint8Array(32).fill(1) });
  const raw = rawRequest({ url: "https://as.example/cb?code=k8Jd72mQx0Lw9Zt5" });
  expect(other.redact(raw)?.id).toBe(redact(raw).id);
});

it("tells different events apart", () => {
  const base = { session: "one", tabId: 3, frameId: 0, at: 5, source: "browser" } as const;
  const all = [
    rawRequest({ at: 5 }),
    rawRequest({ at: 6 }),
    rawRequest({ at: 5, session: "two" }),
    rawRequest({ at: 5, url: "https://as.example/next" }),
    rawRequest({ at: 5, method: "OPTIONS" }),
    rawResponse({ at: 5 }),
    rawResponse({ at: 5, status: 302 }),
    rawPage({ at: 5, documentId: "A" }),
    rawPage({ at: 5, documentId: "B" }),
    { ...base, kind: "tab", event: "closed" } as const,
    { ...base, kind: "tab", event: "left" } as const,
    { ...base, kind: "gap", reason: "quota" } as const,
    { ...base, kind: "navigation", how: "failed", url: "https://a.example/" } as const,
    { ...base, kind: "navigation", how: "committed", url: "https://a.example/" } as const,
  ];
  expect(new Set(all.map((raw) => redact(raw).id)).size).toBe(all.length);
});

it("is made of nothing that an id or a method may not be", () => {
  const value = "sh4d0w! Zt5<>";
  const observation = redact(rawRequest({ session: value, requestId: value, method: value }));
  expect(JSON.stringify(observation)).not.toContain("sh4d0w");
  expect(observation).toMatchObject({ session: "~13~", requestId: "~13~", method: "OTHER" });
});
