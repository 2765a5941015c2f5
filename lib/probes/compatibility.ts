import type * as oauth from "oauth4webapi";
import type { Client } from "@/lib/clients/client.ts";
import type { ConnectionParts } from "./connection.ts";
import { discoverServer } from "./find-server.ts";
import { createGate } from "./gate.ts";
import { redirectIn } from "./json-redirect.ts";
import { authorizationProbe, probeRedirectUri } from "./oracles.ts";
import type { ProbeRequest, ProbeSubject } from "./probe.ts";
import { createRecordedFetch, type RecordedFetch } from "./recorded-fetch.ts";
import { deletionRequest, readMadeRegistration, registrationRequest } from "./registration.ts";

/** Whether one client could begin to connect: up to the login page and no further. */
export interface CompatibilityRow {
  /** Id in `lib/clients`. */
  readonly client: string;
  readonly redirectUri: string;
  readonly way: "document" | "registration";
  readonly verdict: "accepted" | "refused" | "cannotTell";
  /** Where it ended and what the server said there. */
  readonly says: string;
}

export interface CompatibilityInput {
  readonly url: string;
  readonly clients: readonly Client[];
  /** Registers under the clients' own names rather than ours: only when the user says that the server is theirs. */
  readonly isOwnServer: boolean;
}

export interface CompatibilityParts extends Pick<ConnectionParts, "send" | "now" | "run" | "record" | "random"> {
  /** Asked once, with every registration that would be made. */
  readonly mayWrite: ConnectionParts["mayWrite"];
  readonly onRow: (row: CompatibilityRow) => void;
  readonly isCancelled: () => boolean;
}

export interface CompatibilityResult {
  /** Why there are fewer rows than clients. */
  readonly problem?: string;
  /** Ids of registrations that are still on the server. */
  readonly leftBehind: readonly string[];
}

/**
 * For each client its metadata document where the server takes those, else a registration with its redirect URI; then its
 * authorization request beside one with a redirect URI that nobody registered. No flow is ever completed. Never throws.
 */
export async function runCompatibility(
  input: CompatibilityInput,
  parts: CompatibilityParts,
): Promise<CompatibilityResult> {
  const leftBehind: string[] = [];
  const gate = createGate(parts.send, parts.isCancelled);
  const gated = { ...parts, send: gate.send };
  try {
    const { server, resource } = await discoverServer(input, gated).finally(gate.check);
    const http = createRecordedFetch(gated, input.url);
    const subject = subjectOf(server, resource);
    const trials = input.clients.map((client) => trialOf(client, server, subject, input.isOwnServer));
    const writes = trials.flatMap(({ registration }) => registration ?? []);
    const body = writes.map((write) => JSON.stringify(JSON.parse(write.body?.text ?? "{}"), null, 2)).join("\n\n");
    const mayWrite = writes[0] === undefined || (await parts.mayWrite({ url: writes[0].url, body }));
    for (const trial of trials) {
      if (trial.registration && !mayWrite) {
        parts.onRow({ ...rowOf(trial), verdict: "cannotTell", says: "You did not allow the registration" });
        continue;
      }
      const row = await tryClient(trial, subject, http, parts, leftBehind);
      gate.check();
      parts.onRow(row);
    }
    return { leftBehind };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "It failed for an unknown reason.", leftBehind };
  }
}

interface Trial {
  readonly client: string;
  readonly redirectUri: string;
  readonly document?: string;
  readonly registration?: ProbeRequest;
}

const rowOf = ({ client, redirectUri, document }: Trial) => ({
  client,
  redirectUri,
  way: document === undefined ? ("registration" as const) : ("document" as const),
});

function trialOf(client: Client, server: oauth.AuthorizationServer, subject: ProbeSubject, isOwn: boolean): Trial {
  const [template = "http://127.0.0.1:{port}/callback"] = [
    ...client.redirectUris,
    ...(client.sharedRedirectUris ?? []),
  ];
  const redirectUri = fill(template);
  const document = client.metadataDocuments.find((url) => !url.includes("{"));
  const base = { client: client.id, redirectUri };
  if (server.client_id_metadata_document_supported === true && document !== undefined) return { ...base, document };
  const { registrationEndpoint } = subject;
  if (registrationEndpoint === undefined) return base;
  const [clientName] = isOwn ? client.clientNames : [];
  const metadata = { redirectUris: [redirectUri], ...(clientName !== undefined && { clientName }) };
  return {
    ...base,
    registration: registrationRequest({ ...subject, registrationEndpoint }, "registration", metadata),
  };
}

/** Templates of `lib/clients` with something in every place. */
const fill = (template: string): string =>
  template.replaceAll("{port}", "41111").replaceAll("{any}", "hopscope").replaceAll("{host}", "hopscope.example");

async function tryClient(
  trial: Trial,
  subject: ProbeSubject,
  http: RecordedFetch,
  { random }: CompatibilityParts,
  leftBehind: string[],
): Promise<CompatibilityRow> {
  const row = rowOf(trial);
  const { document, registration, redirectUri } = trial;
  if (document !== undefined)
    return { ...row, ...(await tryAuthorization(document, redirectUri, subject, http, random)) };
  if (!registration) return { ...row, verdict: "refused", says: "The server publishes no registration endpoint" };
  const answer = await send(registration, "registration", http);
  const made = answer.ok ? readMadeRegistration(answer.text) : undefined;
  if (!made) return { ...row, verdict: "refused", says: `Registration: ${answer.says}` };
  const tried = await tryAuthorization(made.clientId, redirectUri, subject, http, random);
  const deletion = deletionRequest(made, registration.url);
  const isDeleted = deletion !== undefined && (await send(deletion, "deregistration", http)).ok;
  if (!isDeleted) leftBehind.push(made.clientId);
  return { ...row, ...tried };
}

async function tryAuthorization(
  clientId: string,
  redirectUri: string,
  subject: ProbeSubject,
  http: RecordedFetch,
  random: CompatibilityParts["random"],
): Promise<Pick<CompatibilityRow, "verdict" | "says">> {
  const ask = (uri: string) =>
    send(authorizationProbe(subject, "authorization", { clientId, redirectUri: uri }, random), "authorization", http);
  const [own, control] = [await ask(redirectUri), await ask(probeRedirectUri)];
  if (own.isRefusal) return { verdict: "refused", says: `Authorization request: ${own.says}` };
  if (!control.isRefusal)
    return { verdict: "cannotTell", says: "A redirect URI that nobody registered is answered in the same way" };
  return { verdict: "accepted", says: `Authorization request: ${own.says}` };
}

interface Answer {
  readonly ok: boolean;
  readonly isRefusal: boolean;
  readonly text: string;
  readonly says: string;
}

async function send(request: ProbeRequest, step: string, http: RecordedFetch): Promise<Answer> {
  const { method, url, headers, body } = request;
  const all = [...headers, ...(body ? [{ name: "content-type", value: body.mimeType }] : [])];
  try {
    const answer = await http.plain(step, url, {
      method: method === "OPTIONS" ? "GET" : method,
      headers: Object.fromEntries(all.map(({ name, value }) => [name, value])),
      ...(body && { body: body.text }),
    });
    const text = await answer.text();
    const location =
      answer.headers.get("location") ??
      redirectIn(answer.status, answer.headers.get("content-type") ?? "", text) ??
      null;
    const error = location !== null && URL.canParse(location, url) ? errorIn(new URL(location, url)) : undefined;
    const { ok, status } = answer;
    return { ok, isRefusal: status >= 400 || error !== undefined, text, says: say(status, error ?? readError(text)) };
  } catch (error) {
    return { ok: false, isRefusal: true, text: "", says: error instanceof Error ? error.message : "no answer" };
  }
}

const say = (status: number, said: string | undefined): string => {
  if (said !== undefined) return `${status} ${said}`;
  return status < 400 ? `${status}, on to the login` : String(status);
};

/** RFC 6749 §4.1.2.1 */
const errorIn = ({ searchParams }: URL): string | undefined => {
  const error = searchParams.get("error");
  return error === null ? undefined : `${error} ${searchParams.get("error_description") ?? ""}`.trim().slice(0, 300);
};

function readError(text: string): string | undefined {
  try {
    const { error, error_description: description }: Record<string, unknown> = Object(JSON.parse(text));
    if (typeof error !== "string") return undefined;
    return `${error} ${typeof description === "string" ? description : ""}`.trim().slice(0, 300);
  } catch {
    return undefined;
  }
}

function subjectOf(server: oauth.AuthorizationServer, resource: string | undefined): ProbeSubject {
  if (server.authorization_endpoint === undefined) throw new Error("The metadata names no authorization endpoint.");
  const registration = server.registration_endpoint;
  return {
    flowId: "",
    authorizationEndpoint: server.authorization_endpoint,
    ...(registration !== undefined && { registrationEndpoint: registration }),
    endpoints: {},
    parameters: [
      { name: "response_type", value: "code" },
      ...(resource === undefined ? [{ name: "scope", value: "openid" }] : [{ name: "resource", value: resource }]),
    ],
    hasState: true,
    hasNonce: false,
    hasCodeChallenge: true,
    unrepeatable: [],
  };
}
