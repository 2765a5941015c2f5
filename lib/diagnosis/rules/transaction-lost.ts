import { compareValues } from "@/lib/exchange/compare.ts";
import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { findParameter, printLocation } from "@/lib/exchange/print.ts";
import type { LegFacts } from "@/lib/facts/flow-facts.ts";
import { isAuthorizationResponse } from "@/lib/trace/classify.ts";
import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule, type Evidence } from "../rule.ts";
import { sayDuration } from "../words.ts";

/** No server gives a person less time than this to log in or consent (milliseconds). */
const shortestLifetime = 60_000;

export const transactionLost = defineRule({
  id: "transaction-lost",
  title: "The authorization server lost track of the login or consent that it had begun",
  severity: "error",
  needs: ["request", "answer", "response", "delivery", "legs"],
  why: "Between the request and the response the server remembers the attempt, in its store or in a cookie. When another instance answers, the memory expires, a cookie does not come back or the page is used twice, it cannot go on.",
  fix: [
    {
      by: "operator",
      do: "Let all instances share the store of pending logins, not only that of clients, with one stable key.",
    },
    {
      by: "operator",
      do: "Serve login and consent on the host under which the attempt begins, so that cookies come back.",
    },
    {
      by: "user",
      do: "Start again from the client, in one tab, without the back button; allow cookies for the authorization server.",
    },
  ],
  references: [rfc(6749, "4.1"), rfc(6749, "10.12")],
  supersedes: ["authorization-request-invalid", "callback-failed"],
  check({ request, answer, response, delivery, legs }) {
    const shown = answer.status === "observed" ? answer.value : undefined;
    const minted = shown && mintedBy(legs, shown);
    return checkJudged("transaction-lost", { answer, response, delivery }, (told) => {
      const since = request.status === "observed" && shown ? sayDuration(shown.at - request.value.at) : undefined;
      const evidence: Evidence[] = minted
        ? [
            {
              exchangeId: minted.exchangeId,
              role: minted.role,
              part: "response",
              where: isWayThere(minted, shown) ? "redirect to this page" : "redirect with this state",
              says: `${minted.status ?? "redirect"}, ${sayDuration((shown?.at ?? minted.at) - minted.at)} before`,
            },
          ]
        : [];
      return {
        isProven: minted !== undefined && told.leg === "authorization",
        summary: `${told.who} ${told.did}${since === undefined ? "" : `, ${since} after the attempt began`}${minted ? ` and ${isWayThere(minted, shown) ? "right after it had sent the browser there" : `${sayDuration(shown.at - minted.at)} after it had made the state that came back`}` : ""}.`,
        evidence,
      };
    });
  },
});

type Shown = { readonly url: RedactedUrl; readonly at: number };

const isWayThere = ({ redirect }: LegFacts, { url }: Shown): boolean =>
  redirect !== undefined && printLocation(redirect) === printLocation(url);

/**
 * The redirect by which the server made, just before, what it then did not know any more: the one to this very page, or, where an
 * upstream server sent the browser on with its response, the one that gave that server the `state`.
 */
function mintedBy(legs: readonly LegFacts[], shown: Shown): LegFacts | undefined {
  const state = isAuthorizationResponse(shown.url.parameters) ? findParameter(shown.url, "state") : undefined;
  const isState = ({ redirect }: LegFacts): boolean => {
    const sent = redirect && findParameter(redirect, "state");
    return sent !== undefined && state !== undefined && compareValues(sent.value, state.value).verdict === "equal";
  };
  return legs.find(
    (leg) =>
      shown.at >= leg.at &&
      shown.at - leg.at <= shortestLifetime &&
      (state === undefined ? isWayThere(leg, shown) : !isWayThere(leg, shown) && isState(leg)),
  );
}
