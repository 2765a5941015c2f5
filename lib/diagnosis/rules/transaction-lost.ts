import { printLocation } from "@/lib/exchange/print.ts";
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
    // The server sent the browser to this very page and then did not know it any more.
    const minted =
      shown &&
      legs.find(
        ({ redirect, at }) =>
          redirect !== undefined &&
          printLocation(redirect) === printLocation(shown.url) &&
          shown.at - at <= shortestLifetime &&
          shown.at >= at,
      );
    return checkJudged("transaction-lost", { answer, response, delivery }, (told) => {
      const since = request.status === "observed" && shown ? sayDuration(shown.at - request.value.at) : undefined;
      const evidence: Evidence[] = minted
        ? [
            {
              exchangeId: minted.exchangeId,
              role: minted.role,
              part: "response",
              where: "redirect to this page",
              says: `${minted.status ?? "redirect"}, ${sayDuration((shown?.at ?? minted.at) - minted.at)} before`,
            },
          ]
        : [];
      return {
        isProven: minted !== undefined && told.leg === "authorization",
        summary: `${told.who} ${told.did}${since === undefined ? "" : `, ${since} after the attempt began`}${minted ? " and right after it had sent the browser there" : ""}.`,
        evidence,
      };
    });
  },
});
