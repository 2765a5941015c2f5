import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { isMetadataDocumentId } from "@/lib/oauth/client-metadata.ts";
import { advertised, metadataEvidence } from "../advertised.ts";
import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rungEvidence } from "../metadata.ts";
import { drawEvidence, probesOf } from "../probed.ts";
import { clientMetadataDocument, rfc } from "../references.ts";
import { parameterEvidence, sayParameter } from "../requested.ts";
import { defineRule, type Evidence, notApplicable } from "../rule.ts";

export const clientMetadataUnreachable = defineRule({
  id: "client-metadata-unreachable",
  title: "The authorization server cannot use the document that client_id points to",
  severity: "error",
  needs: ["request", "answer", "response", "metadata", "probes"],
  why: "When client_id is a URL, the server fetches the client's metadata from there. If it does not support that, is not let through (bot protection answers servers differently from browsers), or finds the document invalid, it treats the client as unknown.",
  fix: [
    {
      by: "operator",
      do: "Look for the fetch of the document in the authorization server's log; let it reach that host, and check that its network allows outgoing requests.",
    },
    {
      by: "client",
      do: "Publish the document with status 200 and application/json, with client_id equal to its own URL, and let data-centre addresses fetch it. Send a URL only to servers that advertise client_id_metadata_document_supported.",
    },
    { by: "user", do: "If the client can register dynamically or takes a client ID, use that with this server." },
  ],
  references: [clientMetadataDocument("4"), rfc(8414, "2")],
  supersedes: ["unknown-client", "authorization-request-invalid"],
  check({ request, metadata, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const { clientId } = request.value;
    if (clientId === undefined || !isMetadataDocumentId(clientId))
      return notApplicable("client_id is not the URL of a document");
    const id = sayParameter(request.value, "client_id");
    const refusal = findRefusal(answers);
    const isAboutClient = refusal?.judgement.causes.some(
      (cause) => cause === "unknown-client" || cause === "client-metadata-unreachable",
    );
    const contradiction = contradict({ metadata }, clientId);
    if (refusal && isAboutClient && contradiction) {
      return failJudged(refusal, {
        isProven: true,
        summary: `client_id ${id} is a URL; ${contradiction.says}, and ${refusal.who} ${refusal.did}.`,
        evidence: [parameterEvidence(request.value, "client_id"), contradiction.evidence],
      });
    }
    const asked = probesOf({ probes })?.clientMetadata;
    const [draw, fetched] = [asked?.suspect[0], asked?.controls[0]];
    if (refusal && draw && fetched && (asked?.verdict === "thisDocument" || asked?.verdict === "noDocument")) {
      const isOwn = asked.verdict === "thisDocument";
      // That nobody's document is fetched was seen with a control; that this is why the client is refused was not.
      const likely = { ...refusal, judgement: { ...refusal.judgement, certainty: "likely" as const } };
      return failJudged(likely, {
        isProven: isOwn,
        summary: isOwn
          ? `client_id ${id} is a URL. With the document of another client the server gets as far as the redirect URI, with this one it does not: it cannot fetch or accept this document.`
          : `client_id ${id} is a URL, and the server treats the documents of other clients in the same way: it does not seem to fetch any.`,
        evidence: [
          { ...drawEvidence("redirect", draw, { of: "another client's document", draw: fetched }), isPrimary: true },
        ],
      });
    }
    const supports = advertised({ metadata })?.client_id_metadata_document_supported === true;
    const tell = (who: string, did: string) => ({
      summary: `client_id ${id} is a URL, and ${who} ${did}${supports ? ", although its metadata says that it reads such documents" : ""}.`,
      evidence: [parameterEvidence(request.value, "client_id")],
    });
    return refusal && isAboutClient && supports
      ? failJudged(refusal, tell(refusal.who, refusal.did))
      : checkJudged("client-metadata-unreachable", answers, (answer) => tell(answer.who, answer.did));
  },
});

/** What was seen that rules the document out whatever the server's page says. */
function contradict(
  facts: Pick<FlowFacts, "metadata">,
  clientId: string,
): { readonly says: string; readonly evidence: Evidence } | undefined {
  const server = advertised(facts);
  if (server && server.client_id_metadata_document_supported !== true) {
    const says = server.client_id_metadata_document_supported === undefined ? "absent" : "false";
    return {
      says: "the server metadata does not offer to read such documents",
      evidence: metadataEvidence(facts, "client_id_metadata_document_supported", says),
    };
  }
  const rungs = facts.metadata.status === "observed" ? facts.metadata.value.rungs : [];
  const rung = rungs.find(({ role, urlText }) => role === "client-metadata" && urlText === clientId);
  if (!rung) return undefined;
  if (rung.outcome === "absent" || rung.outcome === "notJson" || rung.outcome === "unusable") {
    return {
      says: `behind it is no usable document (${rung.verdict})`,
      evidence: rungEvidence(rung, rung.urlText, rung.verdict),
    };
  }
  const named = rung.document?.client_id;
  return named === clientId || named === undefined
    ? undefined
    : {
        says: "its document names another client_id",
        evidence: {
          ...rungEvidence(rung, "client_id of the document", typeof named === "string" ? named : "not a string"),
          against: { where: "its own URL", says: clientId },
        },
      };
}
