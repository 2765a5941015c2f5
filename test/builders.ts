import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Outcome, Rule } from "@/lib/diagnosis/rule.ts";
import type {
  GapReason,
  PageStructure,
  RawBase,
  RawBody,
  RawHeader,
  RawObservation,
  RawPage,
} from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

export const clientId = "s6BhdRkqt3";
export const server = "https://auth.example";
export const redirectUri = "https://app.example/callback";
export const state = "af0ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";
export const codeChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
export const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const code = "SplxlOBeZQQYbYS6WxSbIA-7hJq2mP9t";

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

const conforming: Values = {
  response_type: "code",
  client_id: clientId,
  redirect_uri: redirectUri,
  scope: "openid profile",
  state,
  code_challenge: codeChallenge,
  code_challenge_method: "S256",
};

interface Answer {
  readonly status?: number;
  readonly text?: string;
  readonly title?: string;
  readonly html?: string;
  readonly json?: unknown;
  readonly structure?: PageStructure;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** A login page's form: asked of a person, not the end of an attempt. */
export const loginForm: PageStructure = {
  passwordFields: 1,
  textFields: 1,
  hiddenFields: 1,
  buttons: 1,
  links: 2,
  forms: [{ method: "post", action: "/login" }],
};

/**
 * One trace, told in the order in which it happened. Values of `undefined` leave a parameter out, lists repeat it. Each
 * step takes one second; every attempt after the first in one trace has its own tab.
 */
export class Trace {
  readonly raw: RawObservation[] = [];
  private at = Date.UTC(2026, 0, 5, 9);
  private tabId = 0;
  private requests = 0;
  private documents = 0;
  private requestId = "";
  private url = "";
  private session = "one";

  /** A navigation of the browser to the authorization endpoint; conforming where nothing else is said. */
  authorizationRequest(
    parameters: Values = {},
    options: { readonly endpoint?: string; readonly tab?: number } = {},
  ): this {
    this.tabId = options.tab ?? this.tabId + 1;
    const query = encode({ ...conforming, ...parameters });
    return this.visits(`${options.endpoint ?? `${server}/authorize`}?${query}`);
  }

  /** What follows happens in another tab. */
  inTab(tabId: number): this {
    this.tabId = tabId;
    return this;
  }

  /** A navigation that the person or a page started. */
  visits(url: string, method = "GET", body?: RawBody): this {
    this.requestId = `r${++this.requests}`;
    return this.request(url, method, body);
  }

  /** The document that the browser came to rest on. */
  page(answer: Answer): this {
    const { status = 200 } = answer;
    const documentId = `d${++this.documents}`;
    const contentType = typeOf(answer);
    this.add({
      kind: "response",
      requestId: this.requestId,
      url: this.url,
      status,
      headers: headersOf({ "content-type": contentType, ...answer.headers }),
    });
    this.add({ kind: "navigation", how: "committed", url: this.url, documentId });
    const shown: Pick<RawPage, "html" | "text" | "title"> =
      answer.html === undefined
        ? {
            text: answer.json === undefined ? (answer.text ?? "") : JSON.stringify(answer.json),
            title: answer.title ?? "",
          }
        : { html: answer.html };
    this.add({
      kind: "page",
      url: this.url,
      documentId,
      status,
      contentType,
      ...shown,
      ...(answer.structure && { structure: answer.structure }),
    });
    return this;
  }

  /** A login page, as the person saw it. */
  loginPage(text = "Sign in to continue Username Password Forgot password?"): this {
    return this.page({ text, title: "Sign in", structure: loginForm });
  }

  /** An HTTP redirect; the browser follows it unless it leads out of the web. */
  redirectsTo(url: string, status = 302): this {
    this.add({
      kind: "response",
      requestId: this.requestId,
      url: this.url,
      status,
      headers: headersOf({ location: url }),
      redirectUrl: url,
    });
    return /^https?:/.test(url) ? this.request(url, "GET") : this;
  }

  /** The authorization response to the redirect URI of this trace; conforming where nothing else is said. */
  respondsWith(parameters: Values = {}, to = redirectUri): this {
    return this.redirectsTo(`${to}?${encode({ code, state, ...parameters })}`);
  }

  /** A browser's network error instead of an answer. */
  fails(error: string): this {
    this.add({ kind: "failure", requestId: this.requestId, url: this.url, error });
    return this.add({ kind: "navigation", how: "failed", url: this.url, error });
  }

  /** The document was shown, but its status and text are hidden: the host is not granted. */
  isHidden(): this {
    return this.add({ kind: "navigation", how: "committed", url: this.url, documentId: `d${++this.documents}` });
  }

  closesTab(): this {
    return this.add({ kind: "tab", event: "closed" });
  }

  gap(reason: GapReason): this {
    return this.add({ kind: "gap", reason });
  }

  wait(milliseconds: number): this {
    this.at += milliseconds;
    return this;
  }

  /** A request that a page or a trace shows, with its answer. */
  fetches(
    url: string,
    options: {
      readonly method?: string;
      readonly form?: Values;
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly purpose?: string;
      readonly source?: RawBase["source"];
      readonly answer?: Answer;
      readonly error?: string;
    } = {},
  ): this {
    const requestId = `r${++this.requests}`;
    const body = bodyOf(options);
    const base = { requestId, url, source: options.source ?? ("import" as const) };
    this.add({
      ...base,
      kind: "request",
      method: options.method ?? (body ? "POST" : "GET"),
      type: "fetch",
      ...(options.headers && { headers: headersOf(options.headers) }),
      ...(body && { body }),
      ...(options.purpose !== undefined && { purpose: options.purpose }),
    });
    if (options.error !== undefined) return this.add({ ...base, kind: "failure", error: options.error });
    const { answer = {} } = options;
    const mimeType = typeOf(answer);
    return this.add({
      ...base,
      kind: "response",
      status: answer.status ?? 200,
      headers: headersOf({ "content-type": mimeType, ...answer.headers }),
      body: {
        mimeType,
        text: answer.json === undefined ? (answer.text ?? answer.html ?? "") : JSON.stringify(answer.json),
      },
    });
  }

  /** A token request for the code of this trace; conforming where nothing else is said. */
  tokenRequest(form: Values, answer: Answer, headers?: Readonly<Record<string, string>>): this {
    const sent = {
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      client_id: clientId,
      code_verifier: codeVerifier,
      ...form,
    };
    return this.fetches(`${server}/token`, { form: sent, answer, ...(headers && { headers }) });
  }

  registration(metadata: Readonly<Record<string, unknown>>, answer: Answer): this {
    const json = { client_name: "App", redirect_uris: [redirectUri], ...metadata };
    return this.fetches(`${server}/register`, { json, answer });
  }

  /** A metadata document, fetched as the ladder does. */
  metadata(url: string, answer: Answer, purpose?: string): this {
    return this.fetches(url, { answer, ...(purpose !== undefined && { purpose, source: "discovery" as const }) });
  }

  private request(url: string, method: string, body?: RawBody): this {
    this.url = url;
    return this.add({
      kind: "request",
      requestId: this.requestId,
      method,
      url,
      type: "main_frame",
      ...(body && { body }),
    });
  }

  private add(observation: DistributiveOmit<RawObservation, "source" | "at" | "session"> & Partial<RawBase>): this {
    this.at += 1000;
    const isFetch = observation.kind === "request" && observation.type === "fetch";
    this.raw.push({
      source: "browser",
      at: this.at,
      session: this.session,
      ...(!isFetch && { tabId: this.tabId, frameId: 0 }),
      ...observation,
    } as RawObservation);
    return this;
  }
}

type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

export const trace = (): Trace => new Trace();

/** One hour after the last observation of any trace here: every attempt has come to rest. */
const asOf = Date.UTC(2026, 0, 5, 12);
const key = { id: "test-key", bytes: new Uint8Array(32).fill(7) };

/** The whole pipeline, secrets and all: what the product makes of these requests. Newest attempt first. */
export function diagnoseRaw({ raw }: Trace, rules?: readonly Rule[]): FlowReport[] {
  const redactor = createRedactor(key, { readHtml });
  return diagnose(
    raw.flatMap((observation) => redactor.redact(observation) ?? []),
    {
      asOf,
      ...(rules && { rules }),
    },
  );
}

/** The outcome of one rule on the newest attempt of a trace. */
export function outcomeOf<Needs extends keyof FlowReport["facts"]>(rule: Rule<Needs>, built: Trace): Outcome {
  const [report] = diagnoseRaw(built);
  if (!report) throw new Error("the trace has no attempt");
  // As the engine does it: a rule that reads what it did not declare finds nothing there.
  const needed = Object.fromEntries(rule.needs.map((need) => [need, report.facts[need]]));
  return rule.check(needed as Pick<FlowReport["facts"], Needs>);
}

function encode(values: Values): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of typeof value === "string" ? [value] : (value ?? [])) query.append(name, item);
  }
  return query.toString();
}

const headersOf = (headers: Readonly<Record<string, string>>): RawHeader[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const typeOf = (answer: Answer): string =>
  answer.contentType ?? (answer.json === undefined ? "text/html; charset=utf-8" : "application/json");

function bodyOf({ form, json }: { readonly form?: Values; readonly json?: unknown }): RawBody | undefined {
  if (json !== undefined) return { kind: "text", mimeType: "application/json", text: JSON.stringify(json) };
  if (!form) return undefined;
  return { kind: "form", fields: [...new URLSearchParams(encode(form))].map(([name, value]) => ({ name, value })) };
}
