import type { LegFacts } from "@/lib/facts/flow-facts.ts";
import { isLoopback } from "@/lib/oauth/redirect-uri.ts";
import { checkJudged, failJudged, findJudged } from "../answers.ts";
import { defineRule, type Evidence } from "../rule.ts";

export const sessionCookieRefused = defineRule({
  id: "session-cookie-refused",
  title: "The browser cannot keep a cookie that the login depends on",
  severity: "error",
  needs: ["answer", "response", "delivery", "legs"],
  why: "The server ties the pages of an attempt together with a cookie. A browser refuses a cookie whose attributes contradict each other or its name, and settings that block cookies do the same; the next page then looks like one without a session.",
  fix: [
    {
      by: "operator",
      do: "Set cookies named __Host- with Secure, Path=/ and without Domain; those with SameSite=None with Secure; and serve login pages on https. Check what a gateway adds to Set-Cookie.",
    },
    {
      by: "user",
      do: "Allow cookies for the authorization server, third-party ones included where the login runs in a frame, and start again.",
    },
  ],
  references: [
    {
      spec: "RFC 6265bis",
      section: "5.7",
      url: "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7",
    },
    {
      spec: "RFC 6265bis",
      section: "4.1.3",
      url: "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3",
    },
  ],
  supersedes: ["transaction-lost", "authorization-request-invalid"],
  check({ legs, ...answers }) {
    const told = findJudged(["session-cookie-refused", "transaction-lost"], answers);
    const refused = legs.flatMap(refusedCookies)[0];
    if (told && refused) {
      return failJudged(told, {
        isProven: true,
        summary: `A browser must refuse the cookie ${refused.name} (${refused.because}), and ${told.who} ${told.did}.`,
        evidence: [refused.evidence],
      });
    }
    return checkJudged("session-cookie-refused", answers, (answer) => ({ summary: `${answer.who} ${answer.did}.` }));
  },
});

interface RefusedCookie {
  readonly name: string;
  readonly because: string;
  readonly evidence: Evidence;
}

function refusedCookies(leg: LegFacts): readonly RefusedCookie[] {
  return leg.cookies.flatMap(({ name, attributes }) => {
    const because = whyRefused(name, attributes, leg);
    return because === undefined
      ? []
      : {
          name,
          because,
          evidence: {
            exchangeId: leg.exchangeId,
            role: leg.role,
            part: "response",
            where: "Set-Cookie",
            says: [name, ...attributes].join("; "),
          },
        };
  });
}

/** @see RFC 6265bis §4.1.3, §5.7 */
function whyRefused(name: string, attributes: readonly string[], { url }: LegFacts): string | undefined {
  const find = (wanted: string) =>
    attributes.find((attribute) => attribute.split("=", 1)[0]?.trim().toLowerCase() === wanted)?.toLowerCase();
  const isSecure = find("secure") !== undefined;
  const isPlain = url.scheme === "http" && !isLoopback(`http://${url.host}/`);
  if (/^__(host|secure)-/i.test(name) && !isSecure) return "its name demands Secure";
  if (/^__host-/i.test(name) && find("domain") !== undefined) return "its name forbids Domain";
  if (/^__host-/i.test(name) && find("path") !== "path=/") return "its name demands Path=/";
  if (find("samesite") === "samesite=none" && !isSecure) return "SameSite=None demands Secure";
  return isSecure && isPlain ? "Secure on plain http" : undefined;
}
