import { redirectUriProblems } from "@/lib/oauth/redirect-uri.ts";
import { checkJudged, type JudgedAnswer } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";
import { list, quote, shorten } from "../words.ts";

export const registrationRedirectUriRejected = defineRule({
  id: "registration-redirect-uri-rejected",
  title: "The authorization server rejects the registration because of a redirect URI",
  severity: "error",
  needs: ["registration"],
  why: "Servers limit the redirect URIs that clients may register: to https, to loopback addresses, to certain hosts or schemes. One URI that is not allowed makes the whole registration fail, even when the client would use another one.",
  fix: [
    {
      by: "operator",
      do: "Allow the redirect URI that is named, private-use schemes of native clients included where they are wanted.",
    },
    {
      by: "authorization server",
      do: "Tie native clients to application_type native, and free the port of loopback addresses.",
    },
    { by: "client", do: "Register only the redirect URI that it is going to use." },
  ],
  references: [rfc(7591, "3.2.2"), rfc(8252, "7")],
  supersedes: ["registration-rejected"],
  check({ registration }) {
    return checkJudged("registration-redirect-uri-rejected", { registration }, (answer) => {
      const uris =
        registration.status === "observed"
          ? registration.value.request.filter(({ name }) => name === "redirect_uris").map(({ text }) => text)
          : [];
      const culprits = namedIn(answer, uris);
      return {
        isProven: culprits.length === 1 && culprits.some((uri) => redirectUriProblems(uri).length > 0),
        summary: `${answer.who} ${answer.did}. ${culprits.length > 0 ? `It is about ${list(culprits.map((uri) => quote(uri)))}${sayProblems(culprits)}.` : uris.length > 0 ? `The client asked for ${list(uris.map((uri) => quote(uri)))}.` : "The redirect URIs that it was about were not seen."}`,
        evidence:
          registration.status === "observed"
            ? [
                {
                  exchangeId: registration.value.exchangeId,
                  role: registration.value.role,
                  part: "request",
                  where: "redirect_uris sent for registration",
                  says: shorten(uris.length > 0 ? list(uris) : "none seen", 400),
                },
              ]
            : [],
      };
    });
  },
});

/** The redirect URIs that the answer quotes; the only one when there is no choice. */
function namedIn({ error, evidence }: JudgedAnswer, uris: readonly string[]): readonly string[] {
  const said = `${error?.error_description ?? ""} ${evidence.says}`;
  const named = uris.filter((uri) => said.includes(uri));
  return named.length > 0 ? named : uris.length === 1 ? uris : [];
}

function sayProblems(uris: readonly string[]): string {
  const problems = uris.flatMap(redirectUriProblems);
  return problems.length > 0 ? `: ${list(problems)}` : "";
}
