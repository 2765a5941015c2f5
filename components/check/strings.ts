import type { CompatibilityRow } from "@/lib/probes/compatibility.ts";
import type { Step, StepId } from "@/lib/probes/connection.ts";
import type { RedirectTarget } from "@/lib/probes/redirect-target.ts";

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const list = new Intl.ListFormat("en", { type: "conjunction" });

export const strings = {
  title: "Check a server",
  explanation:
    "Connects to a server as a client would, one step at a time. You sign in yourself, in a tab of its own; tokens stay in this page and are revoked at the end.",
  server: { label: "MCP server or issuer", hint: "The address that you would give to a client." },
  invalidUrl: "Enter the full address of a server, starting with https:// or http://.",
  client: {
    legend: "Client",
    register: { label: "Register a new client", hint: "Shows what is sent and asks before sending it." },
    preregistered: { label: "Client ID that the operator issued", hint: "And its secret, if it has one." },
    document: { label: "Client ID metadata document", hint: "A document at an https address that you control." },
    token: { label: "Access token that you have", hint: "Tries the token and nothing before it." },
    clientId: "Client ID",
    clientSecret: "Client secret, if any",
    documentUrl: "Address of the document",
    documentContents: "Publish this there:",
    accessToken: "Access token",
    secretHint: "Kept in this page until it is closed, never stored.",
  },
  missing: {
    clientId: "Enter the client ID.",
    documentUrl: "Enter the https address of the document.",
    token: "Enter the token.",
  },
  redirectRefused: {
    unreadable: "Enter a complete redirect URI.",
    fragment: "A redirect URI has no fragment (#), so a server must refuse this one (RFC 6749 §3.1.2).",
    "shown-to-a-person":
      "With this redirect URI the server shows the code to a person instead of sending it, so it cannot be received here. Use another one that the client has registered.",
    "not-sent":
      "A browser sends nothing to an address of this kind, so no response can be received there. Use http, https or the scheme of an app.",
  } satisfies Record<Extract<RedirectTarget, { kind: "refused" }>["because"], string>,
  redirect: {
    legend: "Where the response goes",
    loopback: {
      label: "A loopback address that no program can open",
      hint: "The browser refuses its port, so the code is read here and goes nowhere else.",
    },
    extension: {
      label: "Hopscope’s own https address",
      hint: "For servers that refuse http. The login opens in a window of its own.",
    },
    own: {
      label: "The redirect URI of your client",
      hint: "http, https or the scheme of an app, for a client that is registered already. If the client is running, it gets the response too.",
    },
    ownLabel: "Redirect URI",
  },
  more: "Scope",
  scope: { label: "Scope", hint: "If empty, none is asked for, or openid where the server only signs people in." },
  sends: (count: number, hosts: readonly string[]) =>
    `Sends at most ${plural(count, "request", "requests")}, to ${list.format(hosts)} and to the hosts that it names for signing in.`,
  sendsFolded: "What is sent",
  atMost: (count: number) => (count === 1 ? "1 request" : `at most ${count.toLocaleString("en")} requests`),
  sendsSteps: {
    discovery: "looking for metadata, one of them a POST without a token",
    endpoints: "one plain request to each endpoint that the metadata names",
    client: "the registration, shown to you and sent only when you say so",
    authorization: "the authorization request, opened in a tab for you to sign in",
    token: "exchanging the code",
    refresh: "refreshing the token",
    resource: "one request with the token",
    cleanup: "revoking the token, and deleting the registration where the server offers it",
  } satisfies Record<StepId, string>,
  start: "Check",
  again: "Check again",
  cancel: "Cancel",
  steps: {
    discovery: "Discovery",
    endpoints: "Endpoints",
    client: "Client",
    authorization: "Authorization",
    token: "Token",
    refresh: "Refresh",
    resource: "Authenticated request",
    cleanup: "Clean-up",
  } satisfies Record<StepId, string>,
  stepMeanings: {
    endpoints: "Whether anything answers there. It does not say whether authorization works: that comes next.",
  } as Partial<Record<StepId, string>>,
  states: { running: "Running", done: "Done", failed: "Failed", skipped: "Skipped" } satisfies Record<
    Step["state"],
    string
  >,
  progress: "Steps",
  requests: (count: number) => plural(count, "request", "requests"),
  names: (names: readonly string[]) => `with ${names.join(", ")}`,
  pending: "no answer yet",
  loginOpen: "Sign in in the tab that opened. This page goes on by itself.",
  connected: "Connected: every step that the server offers worked.",
  notConnected: (step: string) => `Not connected: it stopped at ${step}.`,
  cancelled: "Cancelled. What had been made was cleaned up.",
  failedItself: "The check failed, and not because of the server. Nothing more is sent.",
  noAccess: "The browser was not allowed to reach the server, so nothing was sent.",
  why: "Why",
  openAttempt: "Open the attempt",
  switch: {
    title: "Try another way",
    preregistered: "With a client ID that the operator issued",
    token: "With an access token",
    extension: "With Hopscope’s own https address",
  },
  write: {
    title: "Allow this to be sent?",
    text: (url: string) => `It creates something on the server, at ${url}:`,
    yes: "Send it",
    no: "Do not send",
  },
  reach: {
    title: "Another host",
    text: (host: string) => `The server sends clients on to ${host}, which Hopscope may not reach yet.`,
    yes: "Allow and go on",
    no: "Stop here",
  },
  leftBehind: "Left behind",
  compatibility: {
    title: "Which clients can connect?",
    explanation:
      "For each client: its metadata document where the server takes those, else a registration with its redirect URI, then its authorization request up to the login page. Nothing is signed in to or completed in another client’s name.",
    legend: "Clients",
    own: "This is my server: register under the clients’ own names",
    ownHint: "Otherwise every registration is made under Hopscope’s name.",
    needsServer: "Enter the server at the top of this page first.",
    start: "Try these clients",
    columns: {
      client: "Client",
      way: "How",
      redirectUri: "Redirect URI",
      verdict: "Result",
      says: "What the server said",
    },
    ways: { document: "Metadata document", registration: "Registration" } satisfies Record<
      CompatibilityRow["way"],
      string
    >,
    verdicts: { accepted: "Accepted", refused: "Refused", cannotTell: "Cannot tell" } satisfies Record<
      CompatibilityRow["verdict"],
      string
    >,
    running: (done: number, all: number) => `${done} of ${all} tried`,
    sent: (count: number, hosts: readonly string[]) =>
      `Sends at most ${plural(count, "request", "requests")}, to ${list.format(hosts)} and to the hosts that it names for signing in.`,
    leftBehind: "Registrations that the server offered no way to delete:",
  },
} as const;
