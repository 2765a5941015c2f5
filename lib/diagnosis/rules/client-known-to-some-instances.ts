import { failJudged, findJudged } from "../answers.ts";
import { historyEvidence, readHistory } from "../history.ts";
import { burstEvidence, probesOf, sayAgreement, sayBursts } from "../probed.ts";
import { rfc } from "../references.ts";
import { sayParameter } from "../requested.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";
import { sayDuration } from "../words.ts";

const moreConnections =
  "`hopscope check` in a terminal, which opens as many connections as it needs, or the number of instances that the operator runs";

export const clientKnownToSomeInstances = defineRule({
  id: "client-known-to-some-instances",
  title: "Some instances of the authorization server know this client and others do not",
  severity: "error",
  needs: ["request", "answer", "response", "attempts", "probes"],
  why: "Behind one address stand several instances, and each keeps the clients that registered with it in its own memory or disk, or cannot decrypt what the others stored. Which one answers is chance, so the same client is known and unknown by turns.",
  fix: [
    {
      by: "operator",
      do: "Give all instances one shared client store (a database or Redis instead of memory or local disk).",
    },
    {
      by: "operator",
      do: "Give all instances the same, stable encryption and signing key, from a secret store; a shared store alone is not enough where records are encrypted.",
    },
    { by: "operator", do: "Until then, run a single instance." },
  ],
  references: [rfc(6749, "2.2"), rfc(7591, "3.2.1")],
  supersedes: [
    "unknown-client",
    "client-registration-lost",
    "client-store-key-differs",
    "authorization-server-error",
    "transaction-lost",
  ],
  check({ request, attempts, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const instances = probesOf({ probes })?.instances;
    if (instances?.verdict === "disagree" || instances?.verdict === "stillDisagree") {
      const lasts = instances.verdict === "stillDisagree";
      const [first, ...rest] = burstEvidence(instances, ["known", "unknown"]);
      if (first) {
        return fail({
          // A burst cannot tell instances that never agree from ones that do after a moment; one 90 s later can.
          certainty: lasts ? "proven" : "likely",
          summary: `Asked several times at once, the server knows client_id ${sayParameter(request.value, "client_id")} and does not know it: ${sayBursts(instances)}${lasts ? ", still so 90 s later" : ""}. That its instances disagree is ${lasts ? "proven" : "likely (not yet repeated after 90 s)"}; whether each keeps clients to itself or they share a store but not its key cannot be seen from here.`,
          evidence: [{ ...first, isPrimary: true }, ...rest],
        });
      }
    }
    const refusal = findJudged(["unknown-client"], answers);
    if (!refusal && instances) return cannotTell(sayAgreement(instances), moreConnections);
    if (!refusal) {
      const isAccepted = answers.response.status === "observed" && answers.response.value.hasCode;
      return isAccepted ? pass() : notApplicable("the client was not refused as unknown");
    }
    const { at } = request.value;
    const { acceptedBefore, acceptedAfter, recovered } = readHistory(attempts, at);
    const again = acceptedAfter ?? recovered;
    if (!again && instances) return cannotTell(sayAgreement(instances), moreConnections);
    if (!again) {
      return cannotTell(
        "One refusal does not show whether other instances know the client.",
        "Ask the server several times at once, with a random client_id as a control",
      );
    }
    const id = sayParameter(request.value, "client_id");
    return failJudged(
      // First refused and then accepted is also what a client looks like that was registered in between.
      { ...refusal, judgement: { ...refusal.judgement, certainty: acceptedBefore ? "likely" : "possible" } },
      {
        summary: `${refusal.who} refused client_id ${id} as unknown (it ${refusal.did}), although it accepted the same client_id ${sayDuration(again.at - at)} ${again.at > at ? "later" : "earlier, after an earlier refusal"}${acceptedBefore && acceptedAfter ? ` and ${sayDuration(at - acceptedBefore.at)} before` : ""}.`,
        evidence: [acceptedBefore, again]
          .filter((attempt, index, all) => attempt !== undefined && all.indexOf(attempt) === index)
          .flatMap((attempt) => (attempt ? [historyEvidence(attempt, at)] : [])),
      },
    );
  },
});
