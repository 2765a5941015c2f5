import { isMetadataDocumentId } from "@/lib/oauth/client-metadata.ts";
import { checkJudged, failJudged, findJudged } from "../answers.ts";
import { probesOf, unknownByControl } from "../probed.ts";
import { rfc } from "../references.ts";
import { parameterEvidence, sayParameter } from "../requested.ts";
import { cannotTell, defineRule, notApplicable } from "../rule.ts";

export const unknownClient = defineRule({
  id: "unknown-client",
  title: "The authorization server does not know this client",
  severity: "error",
  needs: ["request", "answer", "response", "probes"],
  why: "An authorization server answers only clients that are registered with it. It must not redirect the browser back when it does not know the client, so the person is left on its error page and the client never learns why.",
  fix: [
    {
      by: "client",
      do: "Register again and use the new client_id, or send the one that was issued by this authorization server.",
    },
    {
      by: "operator",
      do: "Look for this client_id among the registered clients; when it is missing, register it or find out what removed it.",
    },
    {
      by: "authorization server",
      do: "Keep registered clients in a store that survives a restart and that every instance shares.",
    },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(6749, "2.2")],
  check({ request, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const refusal = findJudged(["unknown-client"], answers);
    const { knownClient, instances } = probesOf({ probes }) ?? {};
    const control = unknownByControl(knownClient);
    if (refusal && control) {
      return failJudged(refusal, {
        isProven: true,
        summary: `${refusal.who} does not know client_id ${sayParameter(request.value, "client_id")}: asked again, it treats it exactly like a random one.`,
        evidence: [{ ...control, isPrimary: true }],
      });
    }
    if (refusal && (knownClient?.verdict === "known" || instances?.verdict === "agreeKnown")) {
      return cannotTell(
        "Asked again, the server knows this client: the failure did not reproduce.",
        "Ask whether all instances agree, or look up what the server logged at the time of the attempt",
      );
    }
    const { clientId } = request.value;
    // Only a URL has a document behind it that could be out of reach.
    const isUrl = clientId !== undefined && isMetadataDocumentId(clientId);
    const causes = isUrl ? "unknown-client" : (["unknown-client", "client-metadata-unreachable"] as const);
    return checkJudged(causes, answers, (answer) => ({
      summary: `${answer.who} does not know client_id ${sayParameter(request.value, "client_id")}: it ${answer.did}.`,
      evidence: [parameterEvidence(request.value, "client_id")],
    }));
  },
});
