import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import { isMetadataDocumentId } from "@/lib/oauth/client-metadata.ts";
import { compareIssuers } from "@/lib/oauth/issuer.ts";
import { parseServerMetadata, type ServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { type Comparison, type Context, place, type Sent, textOf } from "./comparison.ts";
import type { RungFacts } from "./metadata-facts.ts";

/** Everything that authorization server metadata says about one request, its response's `iss` included. */
export function compareWithServer(context: Context, response: readonly Sent[] | undefined): Comparison[] {
  const comparisons = [
    compareClientId(context),
    ...listed.map((entry) => compareListed(context, entry)),
    comparePkce(context),
    comparePushed(context),
    compareRequestObject(context),
    response && compareIss(context, response),
  ];
  return comparisons.filter((comparison) => comparison !== undefined);
}

export function compareEndpoint(asked: RedactedUrl, rung: RungFacts): Comparison | undefined {
  const advertised = parseServerMetadata(rung.document).value.authorization_endpoint;
  const sent = printLocation(asked);
  const base = { parameter: "authorization_endpoint", sent, ...place(rung, "server", "authorization_endpoint") };
  if (advertised === undefined) return undefined;
  if (asked.pathFingerprint !== undefined) {
    return { ...base, advertised, verdict: "cannotTell", says: "Part of the path was replaced and cannot be compared" };
  }
  // The browser shows the URL as it normalised it, so the advertised one is normalised the same way; its query is its own.
  const [location = ""] = new URL(advertised).href.split(/[?#]/);
  const comparison = compareIssuers(location, URL.canParse(sent) ? new URL(sent).href : sent);
  if (comparison.verdict === "identical") {
    return {
      ...base,
      advertised,
      verdict: "agrees",
      says: "The request went to the advertised authorization endpoint",
    };
  }
  const { differences } = comparison;
  const says = `The request went to ${sent}, the metadata names ${advertised} (different ${differences.join(", ")})`;
  return { ...base, advertised, verdict: "contradicts", differences, says };
}

function compareClientId({ parameters, server, rung }: Context): Comparison | undefined {
  const sent = textOf(parameters, "client_id");
  if (sent === undefined || !isMetadataDocumentId(sent)) return undefined;
  const flag = server.client_id_metadata_document_supported;
  const base = { parameter: "client_id", sent, ...place(rung, "server", "client_id_metadata_document_supported") };
  return flag === true
    ? { ...base, advertised: "true", verdict: "agrees", says: "client_id is a URL, which the server says it accepts" }
    : {
        ...base,
        ...(flag === undefined ? {} : { advertised: "false" }),
        verdict: "contradicts",
        says: "client_id is the URL of a client ID metadata document, which the server does not say it accepts",
      };
}

/** Parameters whose value must be one of a list, with what the list is when the document leaves it out. */
const listed = [
  { parameter: "response_type", member: "response_types_supported", isSet: true },
  { parameter: "response_mode", member: "response_modes_supported", missing: ["query", "fragment"] },
  { parameter: "prompt", member: "prompt_values_supported", isList: true },
] as const satisfies readonly {
  readonly parameter: string;
  readonly member: keyof ServerMetadata;
  readonly missing?: readonly string[];
  readonly isSet?: true;
  readonly isList?: true;
}[];

/** `code id_token` and `id_token code` are one response type (RFC 6749 §8.4). */
const inOrder = (value: string): string => value.split(" ").sort().join(" ");

function compareListed(context: Context, entry: (typeof listed)[number]): Comparison | undefined {
  const { parameter, member } = entry;
  const sent = textOf(context.parameters, parameter);
  if (sent === undefined) return undefined;
  const list = context.server[member] ?? ("missing" in entry ? entry.missing : undefined);
  const base = { parameter, sent, ...place(context.rung, "server", member) };
  if (list === undefined) {
    return { ...base, verdict: "notAdvertised", says: `The metadata has no ${member}` };
  }
  const wanted = "isList" in entry ? sent.split(" ") : ["isSet" in entry ? inOrder(sent) : sent];
  const offered = new Set("isSet" in entry ? list.map(inOrder) : list);
  const unlisted = wanted.filter((value) => !offered.has(value));
  return unlisted.length === 0
    ? { ...base, advertised: list.join(", "), verdict: "agrees", says: `${member} has ${sent}` }
    : {
        ...base,
        advertised: list.join(", "),
        verdict: "contradicts",
        unlisted,
        says: `${member} does not have ${unlisted.join(", ")}`,
      };
}

function comparePkce({ parameters, server, rung }: Context): Comparison | undefined {
  const list = server.code_challenge_methods_supported;
  const hasChallenge = parameters.some(({ name, text }) => name === "code_challenge" && text !== "");
  const base = { parameter: "code_challenge_method", ...place(rung, "server", "code_challenge_methods_supported") };
  const advertised = list === undefined ? {} : { advertised: list.join(", ") };
  if (!hasChallenge) {
    if (list === undefined || parameters.some(({ name }) => name === "request" || name === "request_uri"))
      return undefined;
    return {
      ...base,
      ...advertised,
      verdict: "notListed",
      says: "The server offers PKCE and the request has no code_challenge",
    };
  }
  // RFC 7636 §4.3: a challenge without a method is a plain one.
  const method = textOf(parameters, "code_challenge_method") ?? "plain";
  if (list === undefined) {
    return {
      ...base,
      sent: method,
      verdict: "notAdvertised",
      says: "The metadata does not say that the server knows PKCE",
    };
  }
  return list.includes(method)
    ? { ...base, sent: method, ...advertised, verdict: "agrees", says: `The server offers ${method}` }
    : {
        ...base,
        sent: method,
        ...advertised,
        verdict: "contradicts",
        unlisted: [method],
        says: `The server does not offer ${method}`,
      };
}

function comparePushed({ parameters, server, rung }: Context): Comparison | undefined {
  if (server.require_pushed_authorization_requests !== true) return undefined;
  const sent = textOf(parameters, "request_uri");
  const base = {
    parameter: "request_uri",
    advertised: "true",
    ...place(rung, "server", "require_pushed_authorization_requests"),
  };
  return parameters.some(({ name }) => name === "request_uri")
    ? {
        ...base,
        ...(sent === undefined ? {} : { sent }),
        verdict: "agrees",
        says: "The request was pushed first, as the server requires",
      }
    : {
        ...base,
        verdict: "contradicts",
        says: "The server takes pushed authorization requests only, and this one was not pushed",
      };
}

function compareRequestObject({ parameters, server, rung }: Context): Comparison | undefined {
  if (!parameters.some(({ name }) => name === "request") || server.request_parameter_supported !== false)
    return undefined;
  return {
    parameter: "request",
    advertised: "false",
    ...place(rung, "server", "request_parameter_supported"),
    verdict: "contradicts",
    says: "The request is a request object, which the server says it does not take",
  };
}

function compareIss({ server, rung }: Context, response: readonly Sent[]): Comparison | undefined {
  const sent = textOf(response, "iss");
  const { issuer } = server;
  if (sent === undefined) {
    if (server.authorization_response_iss_parameter_supported !== true) return undefined;
    return {
      parameter: "iss",
      advertised: "true",
      ...place(rung, "server", "authorization_response_iss_parameter_supported"),
      verdict: "contradicts",
      says: "The server says that it sends iss, and the response has none",
    };
  }
  if (issuer === undefined) return undefined;
  const base = { parameter: "iss", sent, advertised: issuer, ...place(rung, "server", "issuer") };
  const comparison = compareIssuers(issuer, sent);
  return comparison.verdict === "identical"
    ? { ...base, verdict: "agrees", says: "iss is the issuer of the metadata" }
    : {
        ...base,
        verdict: "contradicts",
        differences: comparison.differences,
        says: `iss is not the issuer of the metadata (different ${comparison.differences.join(", ")})`,
      };
}

export function compareAuthMethod({ server, rung }: Context, method: string | undefined): Comparison | undefined {
  if (method === undefined) return undefined;
  const member = "token_endpoint_auth_methods_supported";
  // Without the list the default is client_secret_basic (RFC 8414 §2), which says nothing about clients without a secret.
  const list = server[member] ?? (method === "none" ? undefined : ["client_secret_basic"]);
  if (list === undefined) return undefined;
  const base = {
    parameter: "token_endpoint_auth_method",
    sent: method,
    advertised: list.join(", "),
    ...place(rung, "server", member),
  };
  return list.includes(method)
    ? { ...base, verdict: "agrees", says: `The server lists ${method}` }
    : { ...base, verdict: "contradicts", unlisted: [method], says: `The server does not list ${method}` };
}
