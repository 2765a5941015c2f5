import { describe, expect, it } from "vitest";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { key, rawPage, rawRequest, rawResponse, redact } from "./redacting.ts";

const million = 1_000_000;
const url = (rest: string) => rawRequest({ url: `https://a.example/${rest}` });
const header = (name: string, value: string) => rawResponse({ headers: [{ name, value }] });

describe("input of any size and shape gives a small observation", () => {
  it.each<[string, RawObservation]>([
    ["a value of 1 MB", url(`?state=${"x".repeat(million)}`)],
    ["a name of 1 MB", url(`?${"x".repeat(million)}=1`)],
    ["100,000 parameters", url(`?${"a=bcdefgh&".repeat(100_000)}`)],
    ["a path of 300,000 segments", url("ab/".repeat(300_000))],
    ["500,000 path parameters", url(";a".repeat(500_000))],
    ["percent signs", url(`?x=${"%25".repeat(300_000)}`)],
    ["broken escapes", url(`?x=${"%f".repeat(300_000)}%%%`)],
    ["question marks in a fragment", url(`#${"?".repeat(million)}`)],
    ["hashes", url("#".repeat(million))],
    ["a scheme that never ends", rawRequest({ url: "x".repeat(million) })],
    ["a description without spaces", url(`?error_description=${"a.".repeat(300_000)}`)],
    ["a description of addresses", url(`?error_description=${"http://".repeat(100_000)}`)],
    ["a description of mailboxes", url(`?error_description=${"@".repeat(million)}`)],
    ["a description of entities", url(`?error_description=${encodeURIComponent("&#x41;".repeat(100_000))}`)],
    [
      "addresses nested 12 deep",
      url(
        `?u=${Array.from({ length: 12 }).reduce<string>((inner) => encodeURIComponent(`https://a.example/?u=${inner}`), "x")}`,
      ),
    ],
    ["a JWT of 1 MB", url(`?id_token=eyJhbGciOiJub25lIn0.${"A".repeat(million)}.x`)],
    ["unclosed elements", rawPage({ html: "<div>".repeat(200_000) })],
    ["unclosed hidden elements", rawPage({ html: "<p hidden>".repeat(200_000) })],
    ["half tags", rawPage({ html: "<".repeat(million) })],
    ["attributes without end", rawPage({ html: `<a ${"x ".repeat(300_000)}` })],
    ["10 MB of text", rawPage({ html: `<p>${"word ".repeat(2_000_000)}` })],
    [
      "bidi and control characters",
      rawPage({ text: "\u202eevil\u2066\u0000\u0007".repeat(20_000), title: "\u202e".repeat(10_000) }),
    ],
    ["lone surrogates", rawPage({ text: "\ud800 \udfff ".repeat(20_000), title: "\ud800" })],
    ["unclosed quotes in a challenge", header("WWW-Authenticate", `Bearer ${'a="'.repeat(100_000)}`)],
    ["backslashes in a challenge", header("WWW-Authenticate", `Bearer realm="${"\\".repeat(100_000)}`)],
    ["unclosed links", header("Link", "<".repeat(million))],
    [
      "100,000 headers",
      rawResponse({ headers: Array.from({ length: 100_000 }, () => ({ name: "Server", value: "x" })) }),
    ],
    ["100,000 cookies", header("Set-Cookie", "a=b; Path=/\n".repeat(100_000))],
    [
      "100,000 fields",
      rawRequest({
        method: "POST",
        body: { kind: "form", fields: Array.from({ length: 100_000 }, () => ({ name: "state", value: "x" })) },
      }),
    ],
    [
      "100,000 members",
      rawResponse({
        body: {
          mimeType: "application/json",
          text: `{${Array.from({ length: 50_000 }, (_, index) => `"k${index}":"v"`).join(",")}}`,
        },
      }),
    ],
    [
      "JSON nested 150,000 deep",
      rawResponse({ body: { mimeType: "application/json", text: `${'{"a":'.repeat(150_000)}1` } }),
    ],
  ])("%s", (_, raw) => {
    expect(JSON.stringify(redact(raw)).length).toBeLessThan(64_000);
  });
});

it("drops what is no observation at all instead of throwing", () => {
  const redactor = createRedactor(key, { readHtml });
  for (const raw of [null, undefined, 1, "x", {}, { kind: "request" }, { kind: "page", url: 7 }])
    expect(redactor.redact(raw as never)).toBeUndefined();
});

it("makes equal values comparable wherever they stand", () => {
  const value = "af0ifjsldkj+/x";
  const found = [
    url(`?state=${encodeURIComponent(value)}`),
    url(`#state=${encodeURIComponent(value)}`),
    rawRequest({ method: "POST", body: { kind: "form", fields: [{ name: "state", value }] } }),
    rawResponse({
      status: 302,
      headers: [{ name: "Location", value: `myapp:/cb?state=${encodeURIComponent(value)}` }],
    }),
    rawResponse({ body: { mimeType: "application/json", text: JSON.stringify({ error: "x", state: value }) } }),
  ].map((raw) => /"fingerprint":"([^"]+)"/.exec(JSON.stringify(redact(raw)))?.[1]);
  expect(found[0]).toBeDefined();
  expect(new Set(found).size).toBe(1);
});
