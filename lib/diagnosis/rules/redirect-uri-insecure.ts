import { isLoopback, parseUri } from "@/lib/oauth/redirect-uri.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { quote } from "../words.ts";

export const redirectUriInsecure = defineRule({
  id: "redirect-uri-insecure",
  title: "The response goes to an address that others can listen on",
  severity: "warning",
  needs: ["request"],
  why: "Over plain http to another host, everybody on the way can read the code. A private-use scheme without a dot is not tied to a domain name, so that any program can claim it.",
  fix: [
    {
      by: "client",
      do: "Use https for a redirect URI on a host; in a native client, a loopback address, a claimed https URL, or a scheme that is a domain name of its maker in reverse.",
    },
    { by: "operator", do: "Register only redirect URIs of these kinds." },
  ],
  references: [rfc(9700, "2.6"), rfc(8252, "7.1"), rfc(8252, "8.5")],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = findSent(request.value, "redirect_uri");
    const parts = sent && parseUri(sent.text);
    if (!sent || !parts) return notApplicable("the request has no absolute redirect_uri");
    const scheme = parts.scheme.toLowerCase();
    const isPlain = scheme === "http" && !isLoopback(sent.text);
    const isUnowned = !["http", "https", "urn"].includes(scheme) && !scheme.includes(".");
    if (!isPlain && !isUnowned) return pass();
    return fail({
      certainty: "proven",
      summary: isPlain
        ? `redirect_uri ${quote(sent.text)} is plain http and not on a loopback address.`
        : `redirect_uri ${quote(sent.text)} has the private-use scheme ${scheme}, which is not a domain name in reverse.`,
      evidence: [{ ...parameterEvidence(request.value, "redirect_uri"), isPrimary: true }],
    });
  },
});
