import { printLocation } from "@/lib/exchange/print.ts";
import { checkJudged, judgedAnswers } from "../answers.ts";
import { leftOn } from "../general.ts";
import { rfc } from "../references.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";
import { redemptions } from "../tokens.ts";
import { meaningOf, sayError } from "../words.ts";

export const callbackFailed = defineRule({
  id: "callback-failed",
  title: "The redirection endpoint did not accept the response",
  severity: "error",
  needs: ["response", "delivery", "tokens"],
  why: "The authorization server sent the browser back to the client with a code, and the client answered with an error. What happened in between, the exchange of the code for a token included, is between the client and the server and hidden from the browser.",
  fix: [
    {
      by: "client",
      do: "Look into the client's log at this time: the exchange of the code, the comparison of state, or the code of the endpoint itself failed.",
    },
    {
      by: "operator",
      do: "Look for a token request of this client in the authorization server's log at this time, and for what it was answered.",
    },
    { by: "user", do: "Start again from the client; a response can be used only once, so do not reload the page." },
  ],
  references: [rfc(6749, "4.1.2"), rfc(6749, "4.1.3")],
  check({ response, delivery, tokens }) {
    if (response.status !== "observed") return notApplicable("no authorization response was seen");
    if (response.value.error)
      return notApplicable("the response carried an error, which the client may show as it likes");
    if (delivery.status !== "observed") {
      return cannotTell(
        delivery.status === "missing" ? delivery.looked : delivery.why,
        "The client itself: whether it says that it is connected",
      );
    }
    const { outcome, page, url } = delivery.value;
    const location = printLocation(url);
    switch (outcome.kind) {
      case "statusHidden":
        if (!page) {
          return cannotTell(
            outcome.stopped === undefined
              ? `what ${location} answered is hidden: access to its site was not granted`
              : `what became of the response at ${location}: the browser stopped loading it (${outcome.stopped}), as it does when a client takes the response and closes its window`,
            `${outcome.stopped === undefined ? "Access to this site, or the" : "The"} client itself: whether it says that it is connected`,
          );
        }
        return checkPage({ delivery });
      case "answered":
        if (outcome.endless !== undefined)
          return fail({
            certainty: "proven",
            summary: `The authorization server sent the browser back with ${response.value.hasCode ? "a code" : "its response"}, and from ${location} on it was redirected until it gave up (${outcome.endless}).`,
            evidence: [
              {
                exchangeId: delivery.value.exchangeId,
                role: delivery.value.role,
                part: "delivery",
                where: "network error",
                says: outcome.endless,
                isPrimary: true,
              },
            ],
          });
        if (outcome.status < 400 && response.value.isSealed && !isJudged({ delivery }))
          return cannotTell(
            "whether a code or an error came back: the response is a JWT that only the client can read",
            "The client itself: whether it says that it is connected",
          );
        if (outcome.status < 400) {
          const { passedOn } = delivery.value;
          if (!passedOn || redemptions(tokens).some(({ hasAccessToken }) => hasAccessToken))
            return checkPage({ delivery });
          return fail({
            // A word of the client's own may be a notice; a registered code, or a sentence beside it, tells of a failure.
            certainty: meaningOf(passedOn.error) || passedOn.error_description ? "likely" : "possible",
            summary: `The authorization server sent the browser back with ${response.value.hasCode ? "a code" : "its response"}, and from ${location} the client sent it on with ${sayError(passedOn)}.`,
            evidence: [
              {
                exchangeId: delivery.value.exchangeId,
                role: delivery.value.role,
                part: "delivery",
                where: "where the client sent the browser on to",
                says: sayError(passedOn),
                isPrimary: true,
              },
            ],
          });
        }
        // A host of files answers 404 with the application, which then redeems the code by itself.
        if (outcome.status === 404 && redemptions(tokens).some(({ hasAccessToken }) => hasAccessToken)) return pass();
        return fail({
          certainty: "proven",
          summary: `The authorization server sent the browser back with ${response.value.hasCode ? "a code" : "its response"}, and ${location} ${judgedAnswers({ delivery })[0]?.did ?? `answered ${outcome.status}`}.`,
          evidence: [
            {
              exchangeId: delivery.value.exchangeId,
              role: delivery.value.role,
              part: "delivery",
              where: "status",
              says: String(outcome.status),
              isPrimary: true,
              against: {
                where: "the response it was sent",
                says: response.value.hasCode ? "a code, no error" : "no error",
              },
            },
            ...judgedAnswers({ delivery }).map((answer) => answer.evidence),
          ],
        });
      case "unreachable":
      case "privateUseScheme":
        return notApplicable("the redirection endpoint gave no answer");
    }
  },
});

const isJudged = (facts: Parameters<typeof judgedAnswers>[0]) =>
  judgedAnswers(facts).some(({ judgement }) => judgement.causes.length > 0);

const checkPage = (facts: Parameters<typeof judgedAnswers>[0]) =>
  checkJudged(leftOn("delivery", "callback-failed"), facts, (answer) => ({
    summary: `The authorization server sent the browser back without an error, and ${answer.who} ${answer.did}.`,
  }));
