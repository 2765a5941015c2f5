import { describe, expect, test } from "vitest";
import { createMatcher } from "@/lib/servers/matcher.ts";
import type { Server } from "@/lib/servers/server.ts";

const server = (id: string, messages: Server["messages"], fingerprints: Server["fingerprints"] = []): Server => ({
  id,
  name: id,
  fingerprints,
  messages,
  remedies: [],
});

const quiet = createMatcher([
  server(
    "acme",
    [
      { where: "authorize", text: "Client ID '{client_id}' not on file", means: ["unknown-client"], distinctive: true },
      { where: "authorize", text: "Zugang {reason} gesperrt für {client}", means: ["client-not-allowed"] },
      { where: "authorize", text: "no entry", means: ["unknown-client"] },
      { where: "token", text: "no entry", means: ["client-authentication-failed"] },
    ],
    [
      { in: "page", text: "Acme Login", weight: 0.6 },
      { in: "page", text: "powered by Acme", weight: 0.5 },
    ],
  ),
]);
const templates = (text: string, where?: "authorize" | "token") =>
  quiet.matchMessages(text, where ? { where } : {}).filter((match) => match.server === "acme");

describe("templates", () => {
  test.each([
    "Client ID 'abc' not on file",
    "client id ABC NOT ON FILE",
    "Client   ID\n'abc' not\ton file.",
    "Sorry: Client ID ‘abc’ not on file!",
    `{"error":"invalid_client","error_description":"Client ID 'abc' not on file"}`,
    `{"error_description":"Client ID \\"abc\\" not on file"}`,
    `[{"message":"oops\\nClient ID 'abc' not on file"}]`,
    `Client ID '${"x".repeat(190)}' not on file`,
    "Client ID '' not on file",
  ])("found in %j", (text) => {
    expect(templates(text).map((match) => match.template)).toContain("Client ID '{client_id}' not on file");
  });

  test.each([
    `Client ID '${"x".repeat(400)}' not on file`,
    "Client ID 'a\nb' not on file",
    "Client identity 'abc' not on file",
    "Client ID 'abc' is on file",
    "not on file: Client ID 'abc'",
    "",
    "No entry? Ask your administrator.",
  ])("not found in %j", (text) => {
    expect(templates(text)).toEqual([]);
  });

  test("start and end show where the words stand in the text given", () => {
    const text = "Fehler!\n\nZugang wegen Wartung gesperrt für App 7. Bitte warten.";
    const [match] = templates(text);
    expect(text.slice(match?.start, match?.end)).toBe("Zugang wegen Wartung gesperrt für");
  });

  test("the same words mean what they mean at the place asked for, and both without a place", () => {
    expect(templates("no entry", "authorize")[0]?.means).toEqual(["unknown-client"]);
    expect(templates("no entry", "token")[0]?.means).toEqual(["client-authentication-failed"]);
    expect(templates("no entry")[0]?.means).toEqual(["unknown-client", "client-authentication-failed"]);
  });

  test("the best comes first, and what it covers is left out", () => {
    const found = quiet.matchMessages("Client ID 'abc' not on file. Unknown client.", { where: "authorize" });
    expect(found[0]?.server).toBe("acme");
    expect(found.filter((match) => match.start < 20)).toHaveLength(1);
  });
});

describe("page fingerprints", () => {
  test.each([
    ["Acme Login", "powered by ACME", ["acme"]],
    ["Acme Login", "Acme Login Acme Login", []],
    ["", "", []],
  ])("title %j, text %j → %j", (title, text, expected) => {
    expect(quiet.recognisePage({ title, text })).toEqual(expected);
  });
});

describe("hostile texts end, and find what stands at the start", () => {
  const megabyte = 1_000_000;
  test.each([
    ["a repeated beginning of a template", "Client ID '"],
    ["a repeated end of a template", "not on file "],
    ["repeated statements", "Unknown client. "],
    ["one endless sentence", "client not found redirect_uri "],
    ["punctuation", "'"],
    ["one endless word", "x"],
    ["newlines", "client\n"],
    ["backslashes", "\\n"],
    ["no spaces at all", "リダイレクトURIが一致しません"],
    ["lone surrogates", "\ud800"],
    ["NUL and bidi controls", "\u0000\u202e client"],
  ])("%s", (_, piece) => {
    const text = `Client ID 'abc' not on file\n${piece.repeat(Math.ceil(megabyte / piece.length))}`;
    const found = quiet.matchMessages(text, {});
    expect(found[0]?.template).toBe("Client ID '{client_id}' not on file");
    expect(found.length).toBeLessThanOrEqual(60);
  });
});
