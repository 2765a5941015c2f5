import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf, primaryOf } from "@/lib/diagnosis/engine.ts";
import type { Finding } from "@/lib/diagnosis/rule.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import type { FlowFacts, SeenIn, TokenFacts } from "@/lib/facts/flow-facts.ts";
import { serverOf } from "./summary.ts";
import { shortenMiddle } from "./visible-text.ts";

/**
 * `oauth_callback_failed`: the authorization server answered with `error=`, or the redirection endpoint failed;
 * `oauth_authorization_failed`: the server's own page, or another of its answers, ended the attempt.
 */
export const alertKinds = ["oauth_callback_failed", "oauth_authorization_failed"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** A failed attempt as a line of the alert list. */
export interface Alert {
  /** Id of the exchange that it was seen in: it stays the same when attempts merge. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly flowId: string;
  /** Milliseconds since the epoch: when the failure was seen. */
  readonly at: number;
  readonly server: string;
  readonly client?: string;
  /** Of the server (RFC 6749 §4.1.2.1), else the status or network error of the redirection endpoint. */
  readonly error?: string;
  readonly description?: string;
  /** Where the answer was to go, as sent. */
  readonly redirectUri?: string;
  readonly title?: string;
}

interface Failure {
  readonly kind: AlertKind;
  readonly seen: SeenIn;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
}

const limits = { error: 120, description: 400, redirectUri: 300 } as const;

/** The alert that an attempt gives; undefined when it did not fail. */
export function alertOf(report: FlowReport): Alert | undefined {
  const { diagnosis, facts, flow } = report;
  if (diagnosis.state !== "not-connected") return undefined;
  const headline = headlineOf(diagnosis.findings);
  const failure = failureIn(facts, headline);
  const leg = flow.legs.find(({ exchange }) => exchange.id === failure?.seen.exchangeId);
  const redirectUri = redirectUriOf(facts);
  const short = (text: string | undefined, limit: number) =>
    text === undefined || text === "" ? undefined : shortenMiddle(text, limit);
  const [error, description] = [short(failure?.error, limits.error), short(failure?.description, limits.description)];
  return {
    id: failure?.seen.exchangeId ?? flow.id,
    kind: failure?.kind ?? "oauth_authorization_failed",
    flowId: flow.id,
    // A server may take minutes to fail: when it was asked is not when that was seen.
    at: leg?.exchange.endedAt ?? flow.lastAt,
    server: serverOf(report),
    ...(diagnosis.client && { client: diagnosis.client.name }),
    ...(error !== undefined && { error }),
    ...(description !== undefined && { description }),
    ...(redirectUri !== undefined && { redirectUri: shortenMiddle(redirectUri, limits.redirectUri) }),
    ...(headline && { title: headline.title }),
  };
}

/** What ended the attempt, the last step first. */
function failureIn(facts: FlowFacts, headline: Finding | undefined): Failure | undefined {
  const { response, tokens, answer, registration } = facts;
  if (response.status === "observed" && response.value.error) {
    const { error, error_description } = response.value.error;
    return { kind: "oauth_callback_failed", seen: response.value, error, description: error_description };
  }
  const callback = callbackFailureIn(facts, headline);
  if (callback) return callback;
  const asked: readonly BackChannel[] = [
    ...(tokens.status === "observed" ? tokens.value : []),
    ...(answer.status !== "observed" && registration.status === "observed" ? [registration.value] : []),
  ];
  const seen = asked.find((each) => errorIn(each) !== undefined);
  if (seen)
    return {
      kind: "oauth_authorization_failed",
      seen,
      error: errorIn(seen),
      description: seen.error?.error_description,
    };
  if (answer.status !== "observed") return undefined;
  return {
    kind: "oauth_authorization_failed",
    seen: answer.value,
    error: answer.value.oauthError?.error ?? errorIn(answer.value),
    description: answer.value.oauthError?.error_description ?? answer.value.excerpt,
  };
}

type BackChannel = SeenIn & Pick<TokenFacts, "error" | "networkError" | "status">;

const errorIn = ({ error, networkError, status = 0 }: Pick<BackChannel, "error" | "networkError" | "status">) =>
  error?.error ?? networkError ?? (status < 400 ? undefined : `HTTP ${status}`);

/** An endpoint may refuse with a status of 200, or be right to refuse and not do it: then only the finding tells. */
function callbackFailureIn({ response, delivery }: FlowFacts, headline: Finding | undefined): Failure | undefined {
  const primary = headline && primaryOf(headline);
  const isFoundHere = primary?.role === "redirection-endpoint";
  if (delivery.status !== "observed")
    return isFoundHere && response.status === "observed"
      ? { kind: "oauth_callback_failed", seen: response.value }
      : undefined;
  const { outcome, page } = delivery.value;
  const error = outcome.kind === "unreachable" ? outcome.error : statusOf(outcome);
  if (error === undefined && !isFoundHere) return undefined;
  const isRefusal = error !== undefined || (page?.judgement.causes.length ?? 0) > 0;
  return {
    kind: "oauth_callback_failed",
    seen: delivery.value,
    error: page?.oauthError?.error ?? error,
    description: page?.oauthError?.error_description ?? (isRefusal ? page?.excerpt : undefined),
  };
}

function statusOf(outcome: { readonly kind: string; readonly status?: number }): string | undefined {
  return outcome.status !== undefined && outcome.status >= 400 ? `HTTP ${outcome.status}` : undefined;
}

function redirectUriOf({ request, response, delivery }: FlowFacts): string | undefined {
  const asked = request.status === "observed" ? request.value.redirectUri?.text : undefined;
  if (asked !== undefined) return asked;
  if (response.status === "observed") return printLocation(response.value.url);
  return delivery.status === "observed" ? printLocation(delivery.value.url) : undefined;
}
