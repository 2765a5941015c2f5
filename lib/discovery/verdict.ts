import type { Exchange } from "@/lib/exchange/exchange.ts";
import { printUrl } from "@/lib/exchange/print.ts";
import type { MetadataProblem } from "@/lib/oauth/metadata-document.ts";
import type { RungOutcome } from "./metadata-facts.ts";
import type { RungRole } from "./plan.ts";

export interface Verdict {
  readonly outcome: RungOutcome;
  readonly verdict: string;
}

const refusals: Readonly<Record<string, string>> = {
  "refused:private-address":
    "Not asked, or the answer discarded: a private address or local name on which the attempt did not run",
  "refused:address-unknown": "The answer was discarded: nothing says which address it came from",
  "refused:already-asked": "Not asked: the same request was still under way",
  "refused:plain-http": "Not asked: plain http to a host on which the attempt did not run",
  "refused:not-http": "Not asked: the URL is neither https nor http",
  "refused:not-a-url": "Not asked: this is not a URL",
  "refused:user-information": "Not asked: the URL holds a user name or password",
  "refused:no-permission": "Not asked: Hopscope has no access to this host",
};

const sizes: Readonly<Record<string, Verdict>> = {
  "too-large": { outcome: "tooLarge", verdict: "Left: the answer is larger than 256 kB" },
  timeout: { outcome: "timedOut", verdict: "Left: the answer did not end within 5 seconds" },
};

function failureVerdict(error: string): Verdict {
  if (error.startsWith("refused:")) {
    return { outcome: "notAsked", verdict: refusals[error] ?? "Not asked" };
  }
  if (error === "timeout") return { outcome: "timedOut", verdict: "Left: no answer within 5 seconds" };
  return { outcome: "unreachable", verdict: `Left: no answer (${error})` };
}

function challengeVerdict(status: number, field: string | undefined): Verdict {
  if (status !== 401)
    return { outcome: "notChallenged", verdict: `No challenge: the answer is ${status} instead of 401` };
  if (field === undefined) return { outcome: "notChallenged", verdict: "401 without WWW-Authenticate" };
  return { outcome: "challenged", verdict: "401 with WWW-Authenticate" };
}

function bodyVerdict(
  exchange: Exchange,
  parsed: { readonly problems: readonly MetadataProblem[]; readonly isUsable: boolean } | undefined,
): Verdict {
  const { body, status } = exchange;
  if (parsed !== undefined) {
    if (!parsed.isUsable) return { outcome: "unusable", verdict: "Left: JSON without any member of this document" };
    const count = parsed.problems.length;
    const doubt = count === 0 ? "" : `, with ${count} ${count === 1 ? "problem" : "problems"}`;
    return { outcome: "accepted", verdict: `Taken${doubt}` };
  }
  if (body === undefined) {
    // The browser shows what a page asked, but not what it was told; an empty answer of ours was seen to be empty.
    return exchange.purpose === undefined
      ? { outcome: "unread", verdict: `Answered ${status}; the browser does not show the body` }
      : { outcome: "notJson", verdict: `Left: ${status} with an empty body` };
  }
  if (body.kind === "fields") return { outcome: "unusable", verdict: "Left: JSON without any member of this document" };
  const type = body.mimeType === "" ? "an answer without a content type" : body.mimeType;
  return { outcome: "notJson", verdict: `Left: ${status} with ${type} that is not a JSON object` };
}

/** Why the answer to one rung was taken or left; `challenge` is the value of WWW-Authenticate. */
export function verdictOf(
  exchange: Exchange,
  role: RungRole,
  parsed: { readonly problems: readonly MetadataProblem[]; readonly isUsable: boolean } | undefined,
  challenge: string | undefined,
): Verdict {
  const { error, problem, redirect, status } = exchange;
  if (status === undefined) return failureVerdict(error ?? "no answer recorded");
  if (role === "challenge") return challengeVerdict(status, challenge);
  if (status >= 300 && status <= 399) {
    return {
      outcome: "redirected",
      verdict: `Left: redirects${redirect ? ` to ${printUrl(redirect)}` : ""} (${status})`,
    };
  }
  if (status === 401 || status === 403 || status === 407) {
    return { outcome: "denied", verdict: `Left: ${status}, metadata must be readable without credentials` };
  }
  if (status === 404 || status === 405 || status === 410)
    return { outcome: "absent", verdict: `Nothing here (${status})` };
  if (status >= 500) return { outcome: "serverError", verdict: `Left: the server failed (${status})` };
  if (status < 200 || status > 299) return { outcome: "otherStatus", verdict: `Left: answered ${status}` };
  const size = problem === undefined ? undefined : sizes[problem];
  return size ?? bodyVerdict(exchange, parsed);
}
