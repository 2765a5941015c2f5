import { describe, expect, it } from "vitest";
import { createFileGate } from "@/lib/redaction/file-gate.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { key, rawRequest } from "./redacting.ts";

const secret = 'k8"Jd72<mQ/x0+Lw9?Zt5=äö';
const ascii = "k8Jd72mQx0Lw9Zt5";
const bytes = (text: string) => Buffer.from(text, "utf8");

describe("a replaced value is found in finished bytes", () => {
  it.each([
    ["as it is", secret],
    ["percent-encoded", encodeURIComponent(secret)],
    ["percent-encoded in lower case", encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase())],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(secret))],
    ["with every byte percent-encoded", bytes(secret).toString("hex").replace(/../g, "%$&")],
    ["in base64", bytes(secret).toString("base64")],
    ["in base64 behind one byte", bytes(`x${secret}yz`).toString("base64")],
    ["in base64 behind two bytes", bytes(`xy${secret}z`).toString("base64")],
    ["in base64url", bytes(`xyz${secret}`).toString("base64url")],
    ["in hex", bytes(secret).toString("hex")],
    ["in JSON", JSON.stringify({ a: secret })],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ a: secret }))],
    ["in HTML", secret.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)],
    ["reversed", [...secret].reverse().join("")],
  ])("%s", (_, text) => {
    const gate = createFileGate();
    gate.replaced(secret);
    expect(gate.check(`{"x":1} before ${text} behind`)).toBeDefined();
    expect(gate.check("nothing of the kind")).toBeUndefined();
  });
});

it("names the place and never the value", () => {
  const gate = createFileGate();
  gate.replaced(ascii);
  expect(gate.check(JSON.stringify({ entries: [{ url: "x" }, { url: `y${ascii}` }] }))).toEqual({
    path: "/entries/1/url",
  });
});

it("lets pass what is public elsewhere, too short, or a plain word", () => {
  const gate = createFileGate();
  for (const value of ["https://app.example/cb", "123456789", "authorization"]) gate.replaced(value);
  gate.shown("https://app.example/cb");
  expect(gate.check("https://app.example/cb 123456789 authorization")).toBeUndefined();
});

it("searches much text for many values in one pass", () => {
  const gate = createFileGate();
  for (let index = 0; index < 3_000; index += 1) gate.replaced(`${ascii}-${index}-${index * 7}`);
  const text = "lorem ipsum dolor ".repeat(60_000);
  expect(gate.check(text)).toBeUndefined();
  expect(gate.check(`${text}${ascii}-2999-20993`)).toBeDefined();
});

it("collects what a whole file replaced", () => {
  const gate = createFileGate();
  createRedactor(key, { gate }).redact(rawRequest({ url: `https://as.example/cb?code=${ascii}` }));
  expect(gate.check(`leaked ${ascii}`)).toBeDefined();
});
