import { expect, test } from "vitest";
import { buildSequence, toMermaid } from "@/lib/report/sequence.ts";
import { serverOf, summarise } from "@/lib/report/summary.ts";
import { connectedReport, exchange, redirectReport, report, unknownClientReport, url } from "../components/reports.ts";
import { hostileTexts } from "../hostile-texts.ts";

test("an attempt becomes participants and steps in order of time, the broken leg marked", () => {
  const { participants, steps, broken } = buildSequence(redirectReport);
  expect(participants.map(({ id, name }) => [id, name])).toEqual([
    ["client", "Visual Studio Code"],
    ["hopscope", undefined],
    ["browser", undefined],
    ["server", "auth.example.com"],
  ]);
  expect(steps.map(({ from, to, request, answer, isBroken }) => [from, to, request, answer, isBroken])).toEqual([
    ["hopscope", "server", "GET /.well-known/oauth-authorization-server", "200", false],
    ["browser", "server", "GET /authorize", "302 → auth.example.com", true],
    ["browser", "server", "GET /consent", "400", false],
  ]);
  expect(broken).toBe("The redirect URI is not one that the client registered");
});

test("Mermaid text names the parties, the messages and where it broke", () => {
  expect(toMermaid(buildSequence(redirectReport))).toBe(`sequenceDiagram
  participant client as Client#58; Visual Studio Code
  participant hopscope as Hopscope
  participant browser as Browser
  participant server as Authorization server#58; auth.example.com
  hopscope->>server: 1. GET /.well-known/oauth-authorization-server
  server-->>hopscope: 200
  client->>browser: opens the authorization request
  browser->>server: 2. GET /authorize
  server--xbrowser: 302 → auth.example.com
  Note over browser,server: Broke here: The redirect URI is not one that the client registered
  browser->>server: 3. GET /consent
  server-->>browser: 400
`);
});

test("what Hopscope itself did not ask, or did not use, is no failure of the network", () => {
  const refused = (error: string) =>
    buildSequence(
      report({
        flow: {
          legs: [
            { role: "server-metadata", exchange: exchange("x", "https://auth.example.com/.well-known/x", { error }) },
          ],
        },
      }),
    ).steps.map(({ answer }) => answer);

  expect(refused("refused:address-unknown")).toEqual(["answer discarded"]);
  expect(refused("refused:plain-http")).toEqual(["not asked"]);
  expect(refused("net::ERR_CONNECTION_REFUSED")).toEqual(["net::ERR_CONNECTION_REFUSED"]);
});

test("an unreachable redirection endpoint and a private-use scheme are drawn as what they are", () => {
  const legs = [
    {
      role: "redirection-endpoint",
      exchange: exchange("r1", "http://127.0.0.1:6274/cb", { error: "net::ERR_CONNECTION_REFUSED" }),
    },
    { role: "redirection-endpoint", exchange: exchange("r2", "cursor://anysphere/cb") },
  ] as const;
  const { steps } = buildSequence(report({ flow: { legs } }));
  expect(steps.map(({ to, answer }) => [to, answer])).toEqual([
    ["redirection-endpoint", "net::ERR_CONNECTION_REFUSED"],
    ["redirection-endpoint", undefined],
  ]);
});

test.each(hostileTexts)("%j cannot end a Mermaid statement, make a directive or a link", (text) => {
  const hostile = report({
    flow: {
      legs: [
        {
          role: "interaction",
          exchange: exchange("h", "https://a.example/", {
            url: { ...url("https://a.example"), path: text },
            error: text,
          }),
        },
      ],
    },
    diagnosis: { client: { id: "x", name: text }, findings: [] },
  });
  const lines = toMermaid(buildSequence(hostile)).trimEnd().split("\n");
  expect(lines.map((line) => line.trim().split(/[ -]/)[0])).toEqual([
    "sequenceDiagram",
    ...lines.slice(1).map((line) => (line.startsWith("  participant ") ? "participant" : line.trim().split(/[ -]/)[0])),
  ]);
  for (const line of lines.slice(1)) {
    const label = line.replace(/^ *(participant \w+ as |\w+(->>|-->>|--x)\w+: )/, "");
    expect(label.replace(/#\d+;/g, "")).not.toMatch(/[;#%{}<>[\]"`:\\]/);
  }
});

test("the summary of an attempt is one line with what a list shows", () => {
  expect(summarise(unknownClientReport)).toEqual({
    flowId: "x10",
    tabIds: [7],
    at: unknownClientReport.flow.startedAt,
    state: "not-connected",
    server: "auth.example.com",
    client: "Visual Studio Code",
    headline: {
      id: "unknown-client",
      title: "The authorization server does not know this client_id",
      certainty: "likely",
      summary: unknownClientReport.diagnosis.findings[0]?.summary,
      by: ["operator", "user"],
    },
    unread: true,
  });
  const quiet = summarise(connectedReport);
  expect(quiet.headline).toBeUndefined();
  expect(quiet.unread).toBe(false);
});

test("advice never becomes the headline of a list, and a long summary is cut in the middle", () => {
  const [, advice] = unknownClientReport.diagnosis.findings;
  if (!advice) throw new Error("The fixture has advice");
  expect(summarise(report({ diagnosis: { state: "connected", findings: [advice] } })).headline).toBeUndefined();
  const long = { ...advice, severity: "error" as const, summary: "x".repeat(100_000) };
  expect(summarise(report({ diagnosis: { findings: [long] } })).headline?.summary).toHaveLength(400);
});

test("without any host the product's name stands for the server", () => {
  const request = { status: "missing", looked: "nothing" } as const;
  expect(serverOf(report({ facts: { request }, flow: { legs: [] } }))).toBe("Example Server");
});
