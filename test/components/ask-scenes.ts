import type { ComponentProps } from "react";
import type { AskCommands } from "@/components/ask/ask-commands.ts";
import type { Inspector } from "@/components/inspector/Inspector.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { missing, observed } from "@/lib/facts/fact.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import type { Draw } from "@/lib/probes/answers.ts";
import type { BurstOracle, InstanceReading } from "@/lib/probes/instance-consistency.ts";
import { questionsFor } from "@/lib/probes/questions.ts";
import type { ProbeReadings } from "@/lib/probes/read.ts";
import { inspectorCommands, inspectorProps } from "./inspector-scenes.ts";
import { at, report, unknownClientFinding, unknownClientReport } from "./reports.ts";

let drawn = 0;
const random = () => `random-${++drawn}`.padEnd(43, "x");

/** Commands of a page that is not asked for anything; tests replace what they look at. */
export const askCommands: AskCommands = {
  questionsFor: ({ flow, facts }) => {
    const subject = probeSubject(flow, facts);
    const readings = facts.probes.status === "observed" ? facts.probes.value : undefined;
    return subject ? questionsFor(subject, random, { readings, client: "vs-code" }) : [];
  },
  reach: async () => true,
  ask: async ({ total }) => ({ sent: total, deleted: [], leftBehind: [] }),
  now: () => at + 30_000,
};

const { metadata } = unknownClientReport.facts;
const server = metadata.status === "observed" ? metadata.value.server : undefined;
const withRegistration =
  metadata.status === "observed" && server
    ? observed({
        ...metadata.value,
        server: {
          ...server,
          document: { ...server.document, registration_endpoint: "https://auth.example.com/register" },
        },
      })
    : metadata;

/** An attempt about which everything can be asked, and what was answered so far. */
export function askable(probes?: ProbeReadings, parts: Partial<FlowReport["diagnosis"]> = {}): FlowReport {
  return report({
    id: "x10",
    diagnosis: { ...unknownClientReport.diagnosis, ...parts },
    facts: { metadata: withRegistration, ...(probes && { probes: observed(probes) }) },
  });
}

const draw = (says: string, signature = says): Draw => ({
  exchangeId: "p1",
  at,
  status: Number(says.slice(0, 3)),
  signature,
  says,
  causes: [],
});

const unknown = draw("400 invalid_client Client not found");
const known = draw("400 invalid_request Unregistered redirect_uri");
const oracle: BurstOracle = {
  oracle: "redirect",
  suspect: [known, known, unknown, known, unknown, known, known, known],
  control: [unknown, unknown, unknown, unknown],
  verdict: "mixed",
  known: [known],
  unknown: [unknown],
  crashed: [],
};

export const disagreement: InstanceReading = {
  bursts: [{ number: 1, at, oracles: [oracle], draws: 8, verdict: "disagree" }],
  draws: 8,
  verdict: "disagree",
};
export const agreement: InstanceReading = {
  bursts: [
    {
      number: 1,
      at,
      oracles: [{ ...oracle, suspect: Array.from({ length: 8 }, () => unknown), verdict: "sameAsControl", known: [] }],
      draws: 8,
      verdict: "agreeUnknown",
    },
  ],
  draws: 8,
  verdict: "agreeUnknown",
};

const answered: ProbeReadings = {
  knownClient: {
    oracles: [{ oracle: "redirect", suspect: [unknown], control: [unknown], verdict: "sameAsControl" }],
    verdict: "unknown",
    isRefusalAboutClient: true,
  },
  instances: agreement,
  endpoints: [
    {
      name: "token_endpoint",
      url: "https://auth.example.com/token",
      status: 405,
      exchangeId: "p2",
      isReachable: true,
    },
    {
      name: "registration_endpoint",
      url: "https://auth.example.com/register",
      status: 404,
      exchangeId: "p3",
      isReachable: false,
    },
  ],
  redirectUris: [
    { redirectUri: "http://127.0.0.1:33418/oauth/callback", verdict: "refused", says: "400 Invalid", exchangeId: "p4" },
    { redirectUri: "http://127.0.0.1:33418/", verdict: "accepted", says: "302 /login", exchangeId: "p5" },
  ],
  loopback: {
    registration: { exchangeId: "p6", at, status: 201, clientId: "c1", says: "201", isAccepted: true },
    port: "exact",
    isNameInterchangeable: false,
    says: "400 invalid_request Unregistered redirect_uri",
    exchangeId: "p7",
  },
  canary: {
    registration: { exchangeId: "p8", at, status: 201, clientId: "c2", says: "201", isAccepted: true },
    known: 8,
    unknown: 0,
  },
};

const show = (shown: FlowReport, commands: Partial<AskCommands> = {}): ComponentProps<typeof Inspector> => ({
  ...inspectorProps([shown], { flowId: shown.flow.id, view: "ask" }, shown),
  commands: { ...inspectorCommands, asking: { ...askCommands, ...commands } },
});

const proven = { findings: [{ ...unknownClientFinding, certainty: "proven" as const }] };
const cannotRepeat = askable();
const withGoogleHint: FlowReport = {
  ...cannotRepeat,
  facts: {
    ...cannotRepeat.facts,
    request:
      cannotRepeat.facts.request.status === "observed"
        ? observed({
            ...cannotRepeat.facts.request.value,
            parameters: [
              ...cannotRepeat.facts.request.value.parameters,
              {
                name: "login_hint",
                place: "query",
                text: "login_hint 1",
                value: { kind: "secret", length: 20, charset: "text" },
              },
            ],
          })
        : cannotRepeat.facts.request,
  },
};

export const askScenes = [
  { name: "ask", props: show(askable()) },
  { name: "ask-unrepeatable", props: show(withGoogleHint) },
  { name: "ask-answered", props: show(askable(answered, proven)) },
  { name: "ask-disagree", props: show(askable({ instances: disagreement })) },
  {
    name: "ask-nothing",
    props: show({ ...askable(), facts: { ...askable().facts, request: missing("nothing was seen") } }),
  },
] as const;
