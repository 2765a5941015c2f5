import { closestUri, compareUris, isLoopbackPortVariant, type UriDifference } from "@/lib/oauth/redirect-uri.ts";
import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { probesOf, redirectByControl } from "../probed.ts";
import { rfc } from "../references.ts";
import {
  isUsualRedirectUri,
  parameterEvidence,
  type RegisteredRedirectUris,
  registeredRedirectUris,
} from "../requested.ts";
import { defineRule, type Evidence, notApplicable } from "../rule.ts";
import { list, quote, shorten } from "../words.ts";

export const redirectUriNotRegistered = defineRule({
  id: "redirect-uri-not-registered",
  title: "The redirect_uri is not one that is registered for this client",
  severity: "error",
  needs: ["request", "answer", "response", "registration", "metadata", "probes"],
  why: "The redirect_uri is compared with the registered ones as an exact string, so that a code can only go where the client said it may. A different scheme, port, path, slash or letter case is a different address, and the server must not redirect to it.",
  fix: [
    {
      by: "operator",
      do: "Add the exact redirect_uri of this request to those registered for the client, character for character.",
    },
    { by: "client", do: "Send one of the registered redirect URIs, or register again with the one that is sent." },
  ],
  references: [rfc(6749, "3.1.2.3"), rfc(9700, "2.1"), rfc(8252, "7.3")],
  supersedes: ["authorization-request-invalid"],
  check({ request, registration, metadata, probes, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = request.value.redirectUri?.text;
    if (sent === undefined) return notApplicable("the request has no redirect_uri");
    const known = registeredRedirectUris(request.value, { registration, metadata });
    const other =
      known && !known.uris.some((uri) => uri === sent || isLoopbackPortVariant(sent, uri)) ? known : undefined;
    const refusal = findRefusal(answers);
    const isNamed = refusal?.judgement.causes.includes("redirect-uri-not-registered");
    const isGeneral = refusal?.judgement.causes[0] === "authorization-request-invalid";
    if (other && refusal && (isNamed || isGeneral)) {
      return failJudged(refusal, {
        isProven: true,
        summary: `${refusal.who} refused redirect_uri ${quote(sent)} (it ${refusal.did}), and the ${other.from} does not list it: ${sayDifference(sent, other)}`,
        evidence: [contradiction(parameterEvidence(request.value, "redirect_uri"), sent, other), listed(other)],
      });
    }
    const control = redirectByControl(probesOf({ probes })?.knownClient);
    if (refusal && isNamed && control) {
      return failJudged(refusal, {
        isProven: true,
        summary: `${refusal.who} knows the client and refused redirect_uri ${quote(sent)}: asked again, it treats it exactly like one that nobody registered.`,
        evidence: [parameterEvidence(request.value, "redirect_uri"), { ...control, isPrimary: true }],
      });
    }
    // A server that calls a well-formed https or loopback URI invalid means that it is not registered.
    const causes = isUsualRedirectUri(request.value)
      ? (["redirect-uri-not-registered", "redirect-uri-invalid"] as const)
      : "redirect-uri-not-registered";
    return checkJudged(causes, answers, (answer) => ({
      summary: `${answer.who} refused redirect_uri ${quote(sent)}: it ${answer.did}.${known?.uris.includes(sent) ? ` The ${known.from} lists this very URI, so the list that the server compares with is another one.` : ""}`,
      evidence: [parameterEvidence(request.value, "redirect_uri"), ...(known ? [listed(known)] : [])],
    }));
  },
});

function contradiction(evidence: Evidence, sent: string, { uris, from }: RegisteredRedirectUris): Evidence {
  const closest = closestUri(sent, uris);
  return {
    ...evidence,
    isPrimary: true,
    ...(closest !== undefined && {
      against: {
        where: `${uris.length === 1 ? "the one" : `closest of ${uris.length}`} in the ${from}`,
        says: shorten(closest),
      },
    }),
  };
}

function listed({ uris, from, seen }: RegisteredRedirectUris): Evidence {
  return {
    exchangeId: seen.exchangeId,
    role: seen.role,
    part: "metadata",
    where: `redirect_uris of the ${from}`,
    says: shorten(list(uris), 400),
  };
}

function sayDifference(sent: string, { uris }: RegisteredRedirectUris): string {
  const closest = closestUri(sent, uris) ?? "";
  const parts = compareUris(sent, closest).map(sayPart);
  return `it lists ${quote(closest)}${uris.length > 1 ? ` and ${uris.length - 1} more` : ""}, which differs in ${list(parts)}.`;
}

const sayPart = ({ part, sent, registered }: UriDifference): string =>
  `${part} (${sent === "" ? "none" : quote(sent, 60)} instead of ${registered === "" ? "none" : quote(registered, 60)})`;
