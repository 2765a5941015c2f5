import type { ComponentProps } from "react";
import type { Alerts } from "@/components/alerts/Alerts.tsx";
import type { ChooseAttempt } from "@/components/compare/ChooseAttempt.tsx";
import type { Compare } from "@/components/compare/Compare.tsx";
import type { ExportDialog } from "@/components/exporting/ExportDialog.tsx";
import type { Importing } from "@/components/importing/Importing.tsx";
import type { Servers } from "@/components/servers/Servers.tsx";
import type { Settings } from "@/components/settings/Settings.tsx";
import type { SettingsCommands } from "@/components/settings/settings-commands.ts";
import { observed } from "@/lib/facts/fact.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import { alertOf } from "@/lib/report/alerts.ts";
import { type Pair, pairsOf } from "@/lib/report/pairs.ts";
import { summarise, summariseImported } from "@/lib/report/summary.ts";
import { hostileReport, hostileTexts, longReport } from "./hostile.ts";
import { at, connectedReport, parameter, redirectReport, report, unknownClientReport, url } from "./reports.ts";

const nothing = () => undefined;
const now = at + 130_000;
const hostile = hostileTexts.join(" ");
const long = "a1b2c3d4e5-".repeat(600);

type ImportingProps = ComponentProps<typeof Importing>;
export const importingProps = (rest: Partial<ImportingProps> = {}): ImportingProps => ({
  files: [],
  reading: undefined,
  wasCancelled: false,
  now,
  onFiles: nothing,
  onCancel: nothing,
  onKeep: nothing,
  ...rest,
});

export const readFile: Extract<ImportedFile, { kind: "read" }> = {
  kind: "read",
  name: "claude-desktop.har",
  size: 8_412_004,
  session: "import:1",
  creator: "WebInspector 537.36",
  entries: { read: 412, used: 9, setAside: 402, unreadable: 1 },
  problems: ["1 entry could not be read."],
  attempts: [redirectReport, unknownClientReport].map(summariseImported),
  isKept: false,
};

export const importingScenes: readonly { readonly name: string; readonly props: ImportingProps }[] = [
  { name: "empty", props: importingProps() },
  {
    name: "reading",
    props: importingProps({
      reading: {
        files: [{ name: "claude-desktop.har", size: 48_000_000 }, readFile],
        file: 0,
        bytes: 18_300_000,
        entries: 1_204,
      },
    }),
  },
  { name: "cancelled", props: importingProps({ wasCancelled: true }) },
  {
    name: "results",
    props: importingProps({
      files: [
        readFile,
        { ...readFile, name: "healthy.har.gz", session: "import:2", problems: [], attempts: [], isKept: true },
        { kind: "refused", name: "page.har", size: 12, problem: "This is a web page or XML, not a HAR file." },
      ],
    }),
  },
  {
    name: "hostile",
    props: importingProps({
      files: [
        { ...readFile, name: hostile, creator: hostile.slice(0, 100), attempts: [summariseImported(hostileReport)] },
        { ...readFile, name: long, session: "import:3", attempts: [summariseImported(longReport)], isKept: true },
      ],
    }),
  },
];

const refused = report({
  id: "refused",
  facts: {
    response: observed({
      exchangeId: "x2",
      role: "redirection-endpoint",
      at: at + 90,
      url: url("http://127.0.0.1:33418/oauth/callback"),
      mode: "query",
      parameters: [],
      duplicates: [],
      hasCode: false,
      error: { error: "access_denied", error_description: "The user refused the request" },
      judgement: { causes: [], certainty: "likely", basis: [] },
      state: { verdict: "equal" },
    }),
  },
});

function alertsOf(reports: readonly (typeof redirectReport)[], read: readonly string[] = []) {
  return reports.flatMap((one) => {
    const alert = alertOf(one);
    return alert ? [{ ...alert, id: one.flow.id, isRead: read.includes(one.flow.id) }] : [];
  });
}
type AlertsProps = ComponentProps<typeof Alerts>;
export const alertsProps = (alerts: AlertsProps["alerts"]): AlertsProps => ({
  alerts,
  limit: 500,
  now,
  onRead: nothing,
  onClear: nothing,
});
export const listedAlerts = alertsOf([refused, unknownClientReport], ["x10"]);

const [sample] = listedAlerts;
export const alertScenes: readonly { readonly name: string; readonly props: AlertsProps }[] = [
  { name: "list", props: alertsProps(listedAlerts) },
  { name: "empty", props: alertsProps([]) },
  { name: "loading", props: alertsProps(undefined) },
  {
    name: "hostile",
    props: alertsProps(
      sample && [
        { ...sample, id: "1", server: hostile, client: hostile, error: hostile.slice(0, 120), description: hostile },
        { ...sample, id: "2", server: long, redirectUri: `https://app.example/${long}`, description: long },
      ],
    ),
  },
  {
    name: "many",
    props: alertsProps(
      sample && Array.from({ length: 500 }, (_, id) => ({ ...sample, id: String(id), isRead: id > 3 })),
    ),
  },
];

type ServersProps = ComponentProps<typeof Servers>;
export const serversProps = (pairs: ServersProps["pairs"]): ServersProps => ({
  pairs,
  now,
  onReconnect: async () => ({ outcome: "start-in-client", howTo: "Run “MCP: List Servers” and start the server." }),
  onForget: nothing,
});
const healthy = report({
  id: "y1",
  diagnosis: { ...connectedReport.diagnosis, client: { id: "cursor", name: "Cursor" } },
  flow: { startedAt: at - 7_200_000 },
});
export const knownPairs = pairsOf([
  redirectReport,
  { ...connectedReport, flow: { ...connectedReport.flow, startedAt: at - 86_400_000 } },
  healthy,
]);
const [pair] = knownPairs;
/** A client that nobody knows by name, with an id as long as servers make them. */
function unnamedPair(): readonly Pair[] {
  if (!pair) return [];
  const { client: _, ...rest } = pair;
  return [
    { ...rest, id: "unnamed", server: "127.0.0.1:38715", clientId: "euj3c3DmtAMHqfD5sVT4f5U4Q5uWupKnV2Vxz1wTtxb" },
  ];
}
export const serverScenes: readonly { readonly name: string; readonly props: ServersProps }[] = [
  { name: "list", props: serversProps([...knownPairs, ...unnamedPair()]) },
  { name: "empty", props: serversProps([]) },
  { name: "loading", props: serversProps(undefined) },
  {
    name: "hostile",
    props: serversProps(
      pair && [
        { ...pair, id: "1", server: hostile, client: hostile, clientId: hostile, product: hostile },
        { ...pair, id: "2", server: long, clientId: long },
      ],
    ),
  },
];

const other = report({
  id: "x60",
  diagnosis: { state: "code-delivered", findings: [] },
  facts: {
    request: observed({
      exchangeId: "x1",
      role: "authorization-request",
      at,
      method: "GET",
      url: url("https://auth.example.com/authorize"),
      parameters: [
        parameter("response_type", "code"),
        parameter("client_id", "0oa8k2mcp-desktop"),
        parameter("redirect_uri", "http://127.0.0.1:33418/callback"),
        parameter("state", "state 1 (22 characters, base64url)"),
        parameter("prompt", "consent"),
      ],
      duplicates: [],
    }),
  },
  flow: { startedAt: at - 86_400_000, legs: redirectReport.flow.legs.slice(1, 2) },
});
type CompareProps = ComponentProps<typeof Compare>;
export const compareProps = (loaded: CompareProps["loaded"]): CompareProps => ({ loaded, now });
export const comparedPair = { left: redirectReport, right: other };
export const compareScenes: readonly { readonly name: string; readonly props: CompareProps }[] = [
  { name: "two", props: compareProps(comparedPair) },
  { name: "gone", props: compareProps({ left: redirectReport, right: undefined }) },
  { name: "loading", props: compareProps(undefined) },
  { name: "hostile", props: compareProps({ left: hostileReport, right: longReport }) },
];

type ChooseProps = ComponentProps<typeof ChooseAttempt>;
const choices = [redirectReport, other, hostileReport, longReport, connectedReport].map(summarise);
export const chooseScenes: readonly { readonly name: string; readonly props: ChooseProps }[] = [
  { name: "choose", props: { attempts: choices, flowId: redirectReport.flow.id, now } },
  { name: "choose-none", props: { attempts: choices.slice(0, 1), flowId: redirectReport.flow.id, now } },
];

export const settingsCommands: SettingsCommands = {
  setPaused: nothing,
  allowEverySite: nothing,
  chooseSites: nothing,
  revokeSite: nothing,
  ignoreSite: nothing,
  watchAgain: nothing,
  setFetchesMetadata: nothing,
  setKeepFinishedDays: nothing,
  setNotifies: async () => false,
  forgetAll: async () => true,
};
type SettingsProps = ComponentProps<typeof Settings>;
export const settingsProps = (rest: Partial<NonNullable<SettingsProps["settings"]>> = {}): SettingsProps => ({
  settings: {
    isPaused: false,
    ignoredHosts: ["internal.example.com"],
    fetchesMetadata: true,
    keepFinishedDays: 1,
    notifies: false,
    access: "some",
    sites: ["*://auth.example.com/*", "*://app.example.com/*"],
    eventLimit: 20_000,
    ...rest,
  },
  commands: settingsCommands,
});
export const settingsScenes: readonly { readonly name: string; readonly props: SettingsProps }[] = [
  { name: "some", props: settingsProps() },
  { name: "all", props: settingsProps({ access: "all", sites: ["*://*/*"], ignoredHosts: [], notifies: true }) },
  { name: "withheld", props: settingsProps({ access: "withheld", sites: [], isPaused: true, keepFinishedDays: 90 }) },
  { name: "loading", props: { settings: undefined, commands: settingsCommands } },
  {
    name: "hostile",
    props: settingsProps({ ignoredHosts: [hostile, long.slice(0, 253)], sites: [`*://${long.slice(0, 253)}/*`] }),
  },
];

export const prepared: PreparedExport = {
  contents: {
    entries: 4,
    legs: [
      { role: "authorization-request", request: "GET https://auth.example.com/authorize" },
      { role: "interaction", request: "GET https://auth.example.com/consent" },
    ],
    replaced: [
      { name: "state", count: 3 },
      { name: "code_challenge", count: 2 },
      { name: "cookie", count: 1 },
    ],
    leftOut: 12,
  },
  text: { har: "har text", markdown: "markdown text", json: "json text" },
};
type ExportProps = ComponentProps<typeof ExportDialog>;
export const exportProps = (prepare: ExportProps["prepare"]): ExportProps => ({
  prepare,
  onSave: nothing,
  onClose: nothing,
  version: "0.1.0",
});
export const exportScenes: readonly { readonly name: string; readonly props: ExportProps }[] = [
  { name: "preview", props: exportProps(async () => prepared) },
  { name: "loading", props: exportProps(() => new Promise<undefined>(() => undefined)) },
  { name: "gone", props: exportProps(async () => undefined) },
  { name: "failed", props: exportProps(async () => Promise.reject(new Error("broken"))) },
  {
    name: "hostile",
    props: exportProps(async () => ({
      ...prepared,
      contents: {
        entries: 1,
        legs: [{ role: "interaction", request: `GET https://auth.example/${long}` }],
        replaced: [...hostileTexts.map((name) => ({ name, count: 1 })), { name: long, count: 2 }],
        leftOut: 1,
      },
    })),
  },
];
