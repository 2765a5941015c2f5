import { failJudged, findJudged } from "../answers.ts";
import { historyEvidence, readHistory } from "../history.ts";
import { probesOf, unknownByControl } from "../probed.ts";
import { rfc } from "../references.ts";
import { sayParameter } from "../requested.ts";
import { cannotTell, defineRule, type Evidence, fail, notApplicable, pass } from "../rule.ts";
import { sayDuration } from "../words.ts";

export const clientRegistrationLost = defineRule({
  id: "client-registration-lost",
  title: "The authorization server has lost this client's registration",
  severity: "error",
  needs: ["request", "answer", "response", "attempts", "probes"],
  why: "The server accepted this client before and no longer knows it: its store did not survive a restart or a new release, the registration expired, or it was pruned. The client goes on sending the old client_id, because nothing tells it to register again.",
  fix: [
    {
      by: "operator",
      do: "Keep registered clients in a store that survives restarts and releases, and raise or switch off their expiry.",
    },
    {
      by: "authorization server",
      do: "Answer invalid_client with status 401 at the token endpoint for a client that is gone, so that clients register again.",
    },
    {
      by: "client",
      do: "Register again when the authorization server no longer knows the client_id, and offer a way to forget it.",
    },
  ],
  references: [rfc(6749, "5.2"), rfc(7591, "3.2.1")],
  supersedes: ["unknown-client"],
  check({ request, attempts, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const refusal = findJudged(["unknown-client"], answers);
    if (!refusal) return notApplicable("the client was not refused as unknown");
    const { at } = request.value;
    const { acceptedBefore, acceptedAfter, recovered } = readHistory(attempts, at);
    if (acceptedAfter || recovered) return pass();
    const asked = probesOf({ probes });
    const control = unknownByControl(asked?.knownClient);
    const canary = asked?.canary;
    if (control && canary?.registration.isAccepted && canary.known > 0 && canary.unknown === 0) {
      const fresh: Evidence = {
        exchangeId: canary.registration.exchangeId,
        role: "probe",
        part: "probe",
        where: "a registration made just now",
        says: `known in ${canary.known} of ${canary.known} answers`,
      };
      const id = sayParameter(request.value, "client_id");
      return acceptedBefore
        ? failJudged(refusal, {
            isProven: true,
            summary: `${refusal.who} accepted client_id ${id} ${sayDuration(at - acceptedBefore.at)} ago. Now it treats it like a random one everywhere, while a new registration stays known.`,
            evidence: [{ ...control, isPrimary: true }, fresh, historyEvidence(acceptedBefore, at)],
          })
        : fail({
            certainty: "likely",
            summary: `${refusal.who} treats client_id ${id} like a random one everywhere, while a new registration stays known. So it was lost, or it was never registered here.`,
            evidence: [{ ...control, isPrimary: true }, fresh],
            rivals: [
              {
                id: "unknown-client",
                separatedBy:
                  "An earlier attempt that this server accepted with this client_id, or its registration log",
              },
            ],
          });
    }
    if (!acceptedBefore) {
      return cannotTell(
        "No earlier attempt shows that this server ever knew this client_id: it may have lost it, or never had it.",
        "The server's registration log, or a fresh registration as a control",
      );
    }
    return failJudged(
      { ...refusal, judgement: { ...refusal.judgement, certainty: "likely" } },
      {
        summary: `${refusal.who} accepted client_id ${sayParameter(request.value, "client_id")} ${sayDuration(at - acceptedBefore.at)} ago and now ${refusal.did}.`,
        evidence: [historyEvidence(acceptedBefore, at)],
      },
    );
  },
});
