import { isAborted } from "@/lib/exchange/print.ts";
import { isUnavailableStatus } from "@/lib/servers/general.ts";
import { checkJudged } from "../answers.ts";
import { sayNetworkError } from "../network-errors.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable } from "../rule.ts";

export const authorizationServerUnavailable = defineRule({
  id: "authorization-server-unavailable",
  title: "The authorization server cannot be reached or takes no requests for now",
  severity: "error",
  needs: ["answer", "response", "tokens", "registration"],
  why: "No connection came about, or the server or a gateway in front of it turned the request away before anything looked at it: overload, maintenance, a rate limit, a wrong name or certificate.",
  fix: [
    { by: "user", do: "Check your own connection and VPN, wait a little and try again." },
    {
      by: "operator",
      do: "Check DNS, certificate, gateway and health of the authorization server; for 429, the rate limit and what uses it up.",
    },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(9110, "15.6.4"), rfc(6585, "4")],
  supersedes: ["authorization-server-error"],
  check(facts) {
    const { answer } = facts;
    if (answer.status === "observed" && answer.value.networkError !== undefined) {
      const { networkError, url, exchangeId, role } = answer.value;
      if (isAborted(networkError)) return notApplicable("the navigation was aborted");
      return fail({
        certainty: "proven",
        summary: `${url.host} could not be reached: ${sayNetworkError(networkError)}.`,
        evidence: [{ exchangeId, role, part: "response", where: "network error", says: networkError, isPrimary: true }],
      });
    }
    return checkJudged("authorization-server-unavailable", facts, (told) => ({
      isProven: isUnavailableStatus(told.status) && told.judgement.causes.length === 1,
      summary: `${told.who} ${told.did}.`,
    }));
  },
});
