import { findServer } from "@/lib/servers/index.ts";
import { failJudged, findJudged } from "../answers.ts";
import { historyEvidence, readHistory } from "../history.ts";
import { burstEvidence, probesOf, sayBursts } from "../probed.ts";
import { rfc } from "../references.ts";
import { sayParameter } from "../requested.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";

export const clientStoreKeyDiffers = defineRule({
  id: "client-store-key-differs",
  title: "Instances of the authorization server cannot decrypt each other's client records",
  severity: "error",
  needs: ["request", "answer", "response", "attempts", "probes", "server"],
  why: "The instances share the store of registered clients, but each encrypts with a key of its own. Reading a record that another instance wrote then fails inside the server, which answers 5xx for a client that exists and never for one that does not.",
  fix: [
    {
      by: "operator",
      do: "Give every instance the same encryption key, from a secret store, and keep it over restarts.",
    },
    {
      by: "operator",
      do: "Keep the client store shared, and delete the records that no remaining key can read; those clients have to register again.",
    },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(9110, "15.6.1")],
  supersedes: ["authorization-server-error", "unknown-client", "transaction-lost"],
  check({ request, attempts, probes, server, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const instances = probesOf({ probes })?.instances;
    if (instances?.verdict === "crash" || instances?.verdict === "stillCrash") {
      const [first, ...rest] = burstEvidence(instances, ["known", "crashed"]);
      if (first) {
        return fail({
          certainty: "proven",
          summary: `Asked several times at once about client_id ${sayParameter(request.value, "client_id")}, the server knows it and fails by turns (${sayBursts(instances)}), and never fails for a random one: its record is there, and some instances cannot read it.`,
          evidence: [{ ...first, isPrimary: true }, ...rest],
        });
      }
    }
    const signing =
      instances?.verdict === "agreeKnown" && server.status === "observed" && findServer(server.value.id)?.signingKey;
    if (signing) {
      return cannotTell(
        `All answers agreed, so the instances can read each other's clients. Whether they sign tokens with the same key is not provable from here, without a token. ${signing.says}.`,
        signing.settledBy,
      );
    }
    const failure = findJudged(["authorization-server-error"], answers);
    if (!failure || (failure.status ?? 0) < 500) return pass();
    const { at } = request.value;
    const { acceptedBefore, acceptedAfter } = readHistory(attempts, at);
    if (!acceptedBefore || !acceptedAfter) {
      return cannotTell(
        "One failure does not show whether the server fails for this client only.",
        "Ask the server several times at once with this and with a random client_id, or look for a decryption error in its log",
      );
    }
    return failJudged(
      { ...failure, judgement: { ...failure.judgement, certainty: "possible" } },
      {
        summary: `${failure.who} ${failure.did} for client_id ${sayParameter(request.value, "client_id")}, which it accepted before and after.`,
        evidence: [historyEvidence(acceptedBefore, at), historyEvidence(acceptedAfter, at)],
      },
    );
  },
});
