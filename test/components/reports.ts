import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Diagnosis, Finding } from "@/lib/diagnosis/rule.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { missing, notObservable, observed } from "@/lib/facts/fact.ts";
import type { AuthorizationRequestFacts, FactParameter, FlowFacts, RungFacts } from "@/lib/facts/flow-facts.ts";
import type { Flow, Leg } from "@/lib/trace/flow.ts";

/** 12 March 2026, 10:14 UTC: the moment every made-up attempt happens. */
export const at = Date.UTC(2026, 2, 12, 10, 14, 7);

export function url(text: string): RedactedUrl {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/i.exec(text);
  return { scheme: match?.[1] ?? "", host: match?.[2] ?? "", path: match?.[3] ?? "", parameters: [] };
}

export const parameter = (name: string, text: string): FactParameter => ({
  name,
  place: "query",
  text,
  value: { kind: "clear", value: text },
});

export function exchange(id: string, address: string, answer: Partial<Exchange> = {}): Exchange {
  return {
    id,
    source: "browser",
    session: "s1",
    tabId: 7,
    hop: 0,
    startedAt: at,
    endedAt: at + 84,
    method: "GET",
    type: "main_frame",
    url: url(address),
    requestHeaders: [],
    requestFields: [],
    headers: [],
    cookies: [],
    repeats: 0,
    ...answer,
  };
}

export const redirectUri = "http://127.0.0.1:33418/oauth/callback";
const metadataDocument = {
  issuer: "https://auth.example.com",
  authorization_endpoint: "https://auth.example.com/authorize",
  token_endpoint: "https://auth.example.com/token",
  response_types_supported: ["code"],
  scopes_supported: ["openid", "profile", "mcp:read"],
  code_challenge_methods_supported: ["S256"],
};

const request: AuthorizationRequestFacts = {
  exchangeId: "x1",
  role: "authorization-request",
  at,
  method: "GET",
  url: url("https://auth.example.com/authorize"),
  parameters: [
    parameter("response_type", "code"),
    parameter("client_id", "0oa8k2mcp-desktop"),
    parameter("redirect_uri", redirectUri),
    parameter("scope", "openid mcp:read mcp:write"),
    parameter("state", "state 1 (43 characters, base64url)"),
    parameter("code_challenge", "code_challenge 1 (43 characters, base64url)"),
    parameter("code_challenge_method", "S256"),
    parameter("resource", "https://mcp.example.com/"),
  ],
  duplicates: [],
  clientId: "0oa8k2mcp-desktop",
  redirectUri: { url: url(redirectUri), text: redirectUri },
};

const legs: readonly Leg[] = [
  {
    role: "server-metadata",
    exchange: exchange("x0", "https://auth.example.com/.well-known/oauth-authorization-server", {
      source: "discovery",
      type: "fetch",
      startedAt: at - 420,
      endedAt: at - 301,
      status: 200,
    }),
  },
  {
    role: "authorization-request",
    exchange: exchange("x1", "https://auth.example.com/authorize", {
      url: { ...url("https://auth.example.com/authorize"), parameters: request.parameters },
      status: 302,
      redirect: url("https://auth.example.com/consent"),
    }),
  },
  {
    role: "interaction",
    exchange: exchange("x2", "https://auth.example.com/consent", {
      startedAt: at + 90,
      endedAt: at + 1290,
      status: 400,
      hop: 1,
    }),
  },
];

/** The same attempt where it goes well, up to the client's own listener. */
const deliveredLegs: readonly Leg[] = [
  ...legs.slice(0, 2),
  {
    role: "interaction",
    exchange: exchange("x3", "https://auth.example.com/consent", {
      startedAt: at + 90,
      endedAt: at + 940,
      method: "POST",
      status: 302,
      redirect: url(redirectUri),
      hop: 1,
    }),
  },
  {
    role: "redirection-endpoint",
    exchange: exchange("x4", redirectUri, { startedAt: at + 950, endedAt: at + 1180, status: 200, hop: 2 }),
  },
];
const tokenLeg: Leg = {
  role: "token",
  exchange: exchange("x5", "https://auth.example.com/token", {
    startedAt: at + 1190,
    endedAt: at + 1290,
    method: "POST",
    type: "fetch",
    status: 200,
  }),
};

const acceptedRung: RungFacts = {
  exchangeId: "x0",
  role: "server-metadata",
  at: at - 420,
  rung: "server-metadata/oauth-root",
  url: url("https://auth.example.com/.well-known/oauth-authorization-server"),
  urlText: "https://auth.example.com/.well-known/oauth-authorization-server",
  status: 200,
  outcome: "accepted",
  verdict: "A document that can be used.",
  why: "The place that RFC 8414 gives for this issuer.",
  isStandard: true,
  isDemanded: true,
  askedBy: "hopscope",
  document: metadataDocument,
  problems: [],
};

const { document: _document, ...asked } = acceptedRung;
const absentRung: RungFacts = {
  ...asked,
  exchangeId: "x9",
  at: at - 600,
  url: url("https://auth.example.com/.well-known/oauth-protected-resource"),
  urlText: "https://auth.example.com/.well-known/oauth-protected-resource",
  role: "resource-metadata",
  rung: "resource-metadata/root",
  status: 404,
  outcome: "absent",
  verdict: "Nothing is published there.",
  why: "A server that also serves the resource would publish it here.",
  isDemanded: false,
};

const facts: FlowFacts = {
  request: observed(request),
  answer: missing("no page of the authorization server was read"),
  answers: [],
  response: missing("no response came back"),
  delivery: missing("no redirection endpoint was reached"),
  timeline: observed({ startedAt: at, lastAt: at + 1290, gaps: [] }),
  registration: notObservable("the client registers outside the browser"),
  tokens: notObservable("the client asks for tokens outside the browser"),
  metadata: observed({
    rungs: [absentRung, acceptedRung],
    server: acceptedRung,
    servers: [acceptedRung],
    namedIssuers: [],
  }),
  probes: missing("no probes"),
  attempts: [],
  legs: [],
  server: observed({ id: "example-server", name: "Example Server" }),
  client: observed({ id: "vs-code", name: "Visual Studio Code" }),
};

export const redirectFinding: Finding = {
  id: "redirect-uri-not-registered",
  title: "The redirect URI is not one that the client registered",
  severity: "error",
  certainty: "proven",
  summary: `The client asked to be answered at ${redirectUri}, which auth.example.com refused; the client’s registration lists http://127.0.0.1:33418/callback.`,
  why: "An authorization server sends its answer only to a redirect URI that it already knows for this client, compared character by character. Anything else could hand the code to somebody else.",
  evidence: [
    {
      exchangeId: "x1",
      role: "authorization-request",
      part: "request",
      where: "redirect_uri asked for",
      says: redirectUri,
      against: { where: "redirect_uri registered", says: "http://127.0.0.1:33418/callback" },
      isPrimary: true,
    },
    {
      exchangeId: "x2",
      role: "interaction",
      part: "page",
      where: "page text",
      says: "Error: redirect_uri did not match any registered URI for this client.",
    },
  ],
  fix: [
    {
      by: "operator",
      do: "Add the exact redirect URI to the client’s registration.",
      code: { language: "text", text: redirectUri },
    },
    { by: "client", do: "Or ask with the redirect URI that is registered." },
  ],
  by: ["operator", "client"],
  references: [
    { spec: "RFC 6749", section: "§3.1.2.3", url: "https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.3" },
  ],
  rivals: [],
};

export const unknownClientFinding: Finding = {
  id: "unknown-client",
  title: "The authorization server does not know this client_id",
  severity: "error",
  certainty: "likely",
  summary:
    "auth.example.com answered 400 with “Client Not Registered” for client_id 0oa8k2mcp-desktop, and nothing it showed was about another parameter.",
  why: "A server that keeps its registered clients in memory forgets them when it restarts; the client goes on using the id it was given.",
  evidence: [
    {
      exchangeId: "x2",
      role: "interaction",
      part: "page",
      where: "page text",
      says: "Client Not Registered. The client ID 0oa8k2mcp-desktop was not found in the server’s client registry.",
      isPrimary: true,
    },
    {
      exchangeId: "x1",
      role: "authorization-request",
      part: "request",
      where: "query parameter client_id",
      says: "0oa8k2mcp-desktop",
    },
  ],
  fix: [
    {
      by: "operator",
      do: "Keep registered clients in a store that all instances share and that survives a restart.",
      code: {
        language: "python",
        text: 'auth = OAuthProxy(\n    client_storage=RedisStore(host="redis", port=6379),\n    jwt_signing_key=os.environ["SIGNING_KEY"],\n)',
      },
    },
    { by: "user", do: "Until then: make the client forget its registration and connect again." },
  ],
  by: ["operator", "user"],
  references: [{ spec: "RFC 7591", section: "§3.2.1", url: "https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1" }],
  rivals: [
    {
      id: "client-known-to-some-instances",
      separatedBy: "asking the server several times in a row: mixed answers mean that its instances disagree",
    },
    { id: "client-metadata-unreachable", separatedBy: "the server’s log of fetching the client’s metadata document" },
  ],
};

const pkceAdvice: Finding = {
  id: "state-weak",
  title: "The state value is short enough to guess",
  severity: "warning",
  certainty: "proven",
  summary: "state has 6 characters, digits only.",
  why: "A guessable state does not protect against forged responses.",
  evidence: [
    {
      exchangeId: "x1",
      role: "authorization-request",
      part: "request",
      where: "query parameter state",
      says: "state 1 (6 characters, digits)",
      isPrimary: true,
    },
  ],
  fix: [{ by: "client", do: "Use at least 128 bits from a cryptographic random source." }],
  by: ["client"],
  references: [{ spec: "RFC 9700", section: "§4.7.1", url: "https://www.rfc-editor.org/rfc/rfc9700#section-4.7.1" }],
  rivals: [],
};

interface Parts {
  readonly id?: string;
  readonly diagnosis?: Partial<Diagnosis>;
  readonly flow?: Partial<Flow>;
  readonly facts?: Partial<FlowFacts>;
}

export function report({ id = "x1", diagnosis, flow, facts: known }: Parts = {}): FlowReport {
  return {
    flow: {
      id,
      session: "s1",
      tabIds: [7],
      legs,
      tabEvents: [],
      gaps: [],
      startedAt: at,
      lastAt: at + 1290,
      ...flow,
    },
    facts: { ...facts, ...known },
    diagnosis: {
      flowId: id,
      state: "not-connected",
      findings: [redirectFinding],
      unsettled: [],
      faults: [],
      server: { id: "example-server", name: "Example Server" },
      client: { id: "vs-code", name: "Visual Studio Code" },
      ...diagnosis,
    },
  };
}

const gap = (reason: string): Flow["gaps"][number] =>
  ({ kind: "gap", id: `gap-${reason}`, source: "browser", at, session: "s1", reason }) as Flow["gaps"][number];

export const redirectReport = report();
export const unknownClientReport = report({
  id: "x10",
  diagnosis: {
    findings: [unknownClientFinding, pkceAdvice],
    unsettled: [
      {
        id: "client-registration-lost",
        title: "The registration was lost",
        missing: "whether this server ever accepted 0oa8k2mcp-desktop is not recorded here",
        settledBy:
          "the server’s log line of the registration, or: curl -s https://auth.example.com/clients/0oa8k2mcp-desktop",
      },
    ],
  },
});
/** A failure of which nothing that was seen says why. */
export const unexplainedReport = report({
  id: "x60",
  diagnosis: {
    findings: [],
    unsettled: [
      {
        id: "upstream-authorization-failed",
        title: "Whether the upstream login failed",
        missing: "the pages of login.example.org were not seen",
        settledBy: "access to login.example.org, or the log of auth.example.com at 10:14:07",
      },
    ],
  },
});
/** Two observations that contradict each other and have no character in common. */
export const refusedCodeReport = report({
  id: "x70",
  diagnosis: {
    findings: [
      {
        ...redirectFinding,
        id: "callback-failed",
        title: "The redirection endpoint did not accept the response",
        summary: `The authorization server sent the browser back with a code, and ${redirectUri} answered 500 with “Internal Server Error: the sign-in could not be stored”.`,
        evidence: [
          {
            exchangeId: "x2",
            role: "redirection-endpoint",
            part: "response",
            where: "status",
            says: "500",
            against: { where: "the response it was sent", says: "a code, no error" },
            isPrimary: true,
          },
        ],
      },
    ],
  },
});
export const possibleReport = report({
  id: "x80",
  diagnosis: { findings: [{ ...unknownClientFinding, certainty: "possible" }, pkceAdvice] },
});
export const connectedReport = report({
  id: "x20",
  diagnosis: { state: "connected", findings: [] },
  flow: { legs: [...deliveredLegs, tokenLeg] },
});
export const deliveredReport = report({
  id: "x30",
  diagnosis: { state: "code-delivered", findings: [] },
  flow: { legs: deliveredLegs },
});
export const inProgressReport = report({
  id: "x40",
  diagnosis: { state: "in-progress", findings: [] },
  flow: { legs: deliveredLegs.slice(0, 2) },
});
export const incompleteReport = report({
  id: "x50",
  diagnosis: { state: "incomplete", findings: [] },
  flow: { gaps: [gap("access-withheld"), gap("page-text-unreadable")] },
});
