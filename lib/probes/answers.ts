import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Parameter } from "@/lib/exchange/observation.ts";
import { clearText, findParameter, printLocation } from "@/lib/exchange/print.ts";
import { judgeAnswer, type RequestShape } from "@/lib/servers/judge.ts";
import type { Cause } from "@/lib/servers/server.ts";

/** One answer to one probe request, reduced to what tells it from another. */
export interface Draw {
  readonly exchangeId: string;
  readonly at: number;
  /** 0 when there was no answer. */
  readonly status: number;
  /** OAuth error code, in the body or the redirect. */
  readonly error?: string;
  /** Equal for answers that say the same, whatever id they were asked about. */
  readonly signature: string;
  /** In words, for evidence. */
  readonly says: string;
  /** What the text by itself would be taken for. */
  readonly causes: readonly Cause[];
}

/** Answers that speak of the network between, not of the client: a limiter, a gateway, no answer at all. */
export const isNoise = ({ status }: Draw): boolean =>
  status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
/** An error status, or an OAuth error that a redirect carries. */
export const isRefusal = (draw: Draw): boolean => draw.status >= 400 || draw.error !== undefined;
export const isCrash = (draw: Draw): boolean => draw.status >= 500 && !isNoise(draw);

/** Reads the answers whose purpose starts with `prefix` and has at least one answer. */
export const drawsOf = (exchanges: readonly Exchange[], prefix: string): Draw[] =>
  exchanges.filter(({ purpose }) => purpose === prefix || purpose?.startsWith(`${prefix}/`)).map(toDraw);

function toDraw(exchange: Exchange): Draw {
  const { page, body, redirect } = exchange;
  const field = (name: string) =>
    body?.kind === "fields" ? clearText(body.fields.find((member) => member.name === name)) : undefined;
  const error = page?.oauthError?.error ?? field("error") ?? (redirect && clearText(findParameter(redirect, "error")));
  const description =
    page?.oauthError?.error_description ??
    field("error_description") ??
    (redirect && clearText(findParameter(redirect, "error_description")));
  const asked = [...exchange.url.parameters, ...exchange.requestFields];
  const sent = (name: string) => asked.find((parameter) => parameter.name === name);
  const names = ["client_id", "redirect_uri"].flatMap((name) => {
    const parameter = sent(name);
    return parameter ? [{ name, parameter }] : [];
  });
  const words = [page?.title ?? "", error === undefined ? (page?.excerpt ?? "") : "", description ?? ""];
  const status = exchange.status ?? 0;
  const parts = [
    status,
    error ?? "",
    redirect ? printLocation(redirect) : "",
    ...words.map((text) => normalise(text, names)),
  ];
  const { causes } = judgeAnswer({
    where: exchange.method === "POST" ? "token" : "authorize",
    matches: page?.matches ?? [],
    isInteraction: false,
    ...(error !== undefined && { error }),
    ...(description !== undefined && { errorDescription: description }),
    ...(exchange.status !== undefined && { status: exchange.status }),
    request: shapeOf(sent),
  });
  return {
    exchangeId: exchange.id,
    at: exchange.startedAt,
    status,
    ...(error !== undefined && { error }),
    signature: JSON.stringify(parts),
    says: say(status, exchange.error, error, description ?? page?.excerpt, redirect && printLocation(redirect)),
    causes,
  };
}

/** What the request carried decides among causes that share their words. */
function shapeOf(sent: (name: string) => Parameter | undefined): RequestShape {
  const [clientId, responseType, grantType] = ["client_id", "response_type", "grant_type"].map((name) =>
    clearText(sent(name)),
  );
  const has = (name: string) => sent(name) !== undefined;
  return {
    ...(clientId !== undefined && { clientId }),
    hasClientId: has("client_id"),
    hasRedirectUri: has("redirect_uri"),
    hasCodeChallenge: has("code_challenge"),
    hasState: has("state"),
    hasResource: has("resource"),
    ...(responseType !== undefined && { responseType }),
    ...(grantType !== undefined && { grantType }),
  };
}

function say(status: number, failure: string | undefined, ...rest: readonly (string | undefined)[]): string {
  if (status === 0) return failure ?? "no answer";
  return [String(status), ...rest.filter((part) => part !== undefined && part !== "")].join(" ").slice(0, 300);
}

/** What was asked, and whatever differs from one answer to the next by itself: masked values, counters, times. */
function normalise(text: string, asked: readonly { readonly name: string; readonly parameter: Parameter }[]): string {
  let general = text;
  for (const { name, parameter } of asked) {
    const value = clearText(parameter);
    if (!value) continue;
    general = general.replaceAll(value, `{${name}}`);
    if (/^https?:/.test(value) && URL.canParse(value))
      general = replaceUrls(general, new URL(value).origin, `{${name}}`);
  }
  return general
    .replace(/~\d+\.\w+~/g, "{masked}")
    .replace(/\d+/g, "#")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** A URL whose path is masked in one place and clear in another is still the same. */
function replaceUrls(text: string, origin: string, by: string): string {
  const [first = "", ...rest] = text.split(origin);
  return [first, ...rest.map((part) => part.replace(/^[^\s"'<>)]*/, by))].join("");
}
