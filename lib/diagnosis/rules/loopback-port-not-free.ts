import { compareUris, isLoopback, isLoopbackPortVariant } from "@/lib/oauth/redirect-uri.ts";
import { failJudged, findRefusal } from "../answers.ts";
import { probesOf } from "../probed.ts";
import { rfc } from "../references.ts";
import { parameterEvidence, registeredRedirectUris } from "../requested.ts";
import { defineRule, notApplicable, pass } from "../rule.ts";
import { quote } from "../words.ts";

export const loopbackPortNotFree = defineRule({
  id: "loopback-port-not-free",
  title: "The authorization server insists on the registered port of a loopback redirect URI",
  severity: "error",
  needs: ["request", "answer", "response", "registration", "metadata", "probes"],
  why: "A native client takes whatever port the system gives it, so the port of a loopback redirect URI cannot be known when the client registers. The authorization server must let it vary; one that compares it refuses the client whenever the port changes.",
  fix: [
    {
      by: "authorization server",
      do: "Ignore the port when a registered redirect URI and the requested one are http on the same loopback address and differ in nothing else.",
    },
    {
      by: "client",
      do: "Until the server does, fix the callback port and register it, or register again for each port.",
    },
  ],
  references: [rfc(8252, "7.3"), rfc(9700, "2.1")],
  supersedes: ["redirect-uri-not-registered", "authorization-request-invalid"],
  check({ request, registration, metadata, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = request.value.redirectUri?.text;
    if (sent === undefined || !isLoopback(sent)) return notApplicable("the redirect URI is not on a loopback address");
    const refusal = findRefusal(answers);
    const known = registeredRedirectUris(request.value, { registration, metadata });
    if (!refusal?.judgement.causes.includes("redirect-uri-not-registered")) return pass();
    const asked = probesOf({ probes })?.loopback;
    if (asked?.port === "exact") {
      return failJudged(refusal, {
        isProven: true,
        summary: `${refusal.who} refused redirect_uri ${quote(sent)}. Asked with a client registered for the purpose, it accepts the registered loopback port and refuses every other.`,
        evidence: [
          {
            exchangeId: asked.exchangeId,
            role: "probe",
            part: "probe",
            where: "answer to another port",
            says: asked.says,
            isPrimary: true,
          },
          parameterEvidence(request.value, "redirect_uri"),
        ],
      });
    }
    const other = known?.uris.find((uri) => {
      const differences = compareUris(sent, uri);
      return differences.length > 0 && differences.every(({ part }) => part === "port");
    });
    if (!known || other === undefined || known.uris.includes(sent)) return pass();
    const isAddress = isLoopbackPortVariant(sent, other);
    return failJudged(refusal, {
      // RFC 8252 §7.3 frees the port of an address; for the name localhost servers do so by courtesy (§8.3).
      isProven: isAddress,
      summary: `${refusal.who} refused redirect_uri ${quote(sent)}, which differs from the registered ${quote(other)} in nothing but the port${isAddress ? "" : "; for localhost, unlike 127.0.0.1, RFC 8252 does not say that it must be free"}.`,
      evidence: [
        {
          ...parameterEvidence(request.value, "redirect_uri"),
          isPrimary: true,
          against: { where: `registered, by the ${known.from}`, says: other },
        },
      ],
    });
  },
});
