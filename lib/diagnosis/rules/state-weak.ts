import type { Charset } from "@/lib/exchange/observation.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

/** At most so many bits can one character of each alphabet carry; words and text carry far fewer than their letters. */
const bitsPerCharacter: Readonly<Record<Charset, number>> = {
  digits: 3.32,
  hex: 4,
  uuid: 122 / 36,
  base64url: 6,
  base64: 6,
  jwt: 6,
  words: 2,
  text: 4,
};
/** RFC 6749 §10.10: the chance of a guess must be at most 2^-128. A UUID, with 122, is let through. */
const demanded = 122;
/** Within reach of guessing, whatever the margin of the estimate. */
const guessable = 64;

export const stateWeak = defineRule({
  id: "state-weak",
  title: "The state of the request is short enough to be guessed",
  severity: "warning",
  needs: ["request"],
  why: "state protects the client only as long as nobody can guess it. The specification allows a chance of at most one in 2^128, which takes 22 characters of base64url or 32 hexadecimal digits of real randomness.",
  fix: [
    {
      by: "client",
      do: "Make state of at least 16 random bytes from a cryptographic generator, fresh for each attempt.",
    },
  ],
  references: [rfc(6749, "10.10"), rfc(9700, "4.7.1")],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = findSent(request.value, "state");
    if (!sent) return notApplicable("the request has no state");
    // With PKCE the response is tied to the request without it.
    if (findSent(request.value, "code_challenge")) return notApplicable("PKCE ties the response to the request");
    const { value } = sent;
    const length = value.kind === "clear" ? value.value.length : value.length;
    const bits = Math.floor(length * bitsPerCharacter[value.kind === "secret" ? value.charset : "words"]);
    if (bits >= demanded) return pass();
    return fail({
      certainty: bits < guessable ? "likely" : "possible",
      summary: `state has ${length} ${length === 1 ? "character" : "characters"}${value.kind === "secret" ? ` of ${value.charset}` : ""}, at most some ${bits} bits, where 128 are demanded.`,
      evidence: [{ ...parameterEvidence(request.value, "state"), isPrimary: true }],
    });
  },
});
