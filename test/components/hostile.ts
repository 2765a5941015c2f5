import { observed } from "@/lib/facts/fact.ts";
import { parameter, redirectFinding, report, unknownClientFinding, url } from "./reports.ts";

/** One of each kind of `test/hostile-texts.ts`, for an attempt that shows them all at once. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror="globalThis.wasRun=true">',
  "<script>globalThis.wasRun=true</script>",
  "</blockquote></article><h1>Connected</h1>",
  '"><a href="https://evil.example/">Click to fix</a>',
  "javascript:globalThis.wasRun=true",
  "[Fix it](javascript:alert(1)) ![x](https://evil.example/x.png)",
  "safe\u202Egnp.exe",
  "\u2066\u2067isolates\u2069 never closed \u2067",
  "in\u200Bvis\u200Dible\uFEFF joins\u2060",
  "tags \u{E0041}\u{E0042}\u{E007F}",
  "https://\u0430uth.example.com/",
  "null\u0000 bell\u0007 escape\u001B[31mred\u001B[0m",
  "line\u2028separator\u2029paragraph",
  "lone \uD800 surrogate \uDFFF",
  "Hangul filler \u3164\u115F\uFFA0",
  '=HYPERLINK("https://evil.example","x")',
  "$(touch /tmp/x) `id` ; rm -rf ~",
  "sequenceDiagram; A->>B: x %%{init: {}}%%",
  "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u034Fl\u0321go",
];

const all = hostileTexts.join("\n");

export const hostileReport = report({
  id: "hostile",
  diagnosis: {
    findings: [
      {
        ...unknownClientFinding,
        summary: `The server said: ${hostileTexts[0]} ${hostileTexts[6]} ${hostileTexts[10]}`,
        evidence: [
          { exchangeId: "x2", role: "interaction", part: "page", where: "page text", says: all, isPrimary: true },
          {
            exchangeId: "x1",
            role: "authorization-request",
            part: "request",
            where: "redirect_uri asked for",
            says: "https://\u0430pp.example/cb\u202E",
            against: { where: "registered", says: "https://app.example/cb" },
          },
        ],
        rivals: [{ id: "client-registration-lost", separatedBy: hostileTexts[1] ?? "" }],
      },
    ],
    unsettled: [
      { id: "x", title: "Whether markup runs", missing: hostileTexts[2] ?? "", settledBy: hostileTexts[3] ?? "" },
    ],
    faults: [{ id: "state-weak", message: hostileTexts[0] ?? "" }],
    client: { id: "unknown", name: hostileTexts[2] ?? "" },
  },
  facts: {
    request: observed({
      exchangeId: "x1",
      role: "authorization-request",
      at: 0,
      method: "GET",
      url: url("https://accounts.example.com.login.session.secure.evil-host-with-a-long-name.example/authorize"),
      parameters: hostileTexts.map((text, index) => parameter(index % 2 ? "scope" : text.slice(0, 40), text)),
      duplicates: ["scope"],
    }),
  },
});

const long = "a1b2c3d4e5/".repeat(9_000);

export const longReport = report({
  id: "long",
  diagnosis: {
    findings: [
      {
        ...redirectFinding,
        summary: `The client asked to be answered at https://app.example/${long}, which auth.example.com refused.`,
        evidence: [
          {
            exchangeId: "x1",
            role: "authorization-request",
            part: "request",
            where: "redirect_uri asked for",
            says: `https://app.example/${long}`,
            against: { where: "redirect_uri registered", says: `https://app.example/${long}x` },
            isPrimary: true,
          },
          { exchangeId: "x2", role: "interaction", part: "page", where: "page text", says: long },
        ],
      },
    ],
  },
});
