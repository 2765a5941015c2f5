import { compareIssuers, isSpellingOnly } from "@/lib/oauth/issuer.ts";
import type { ChallengeFacts, ExpectedIssuer, NamedIssuer, RungFacts } from "./metadata-facts.ts";
import { isPlaceOf, serverRungs } from "./plan.ts";

type ReadRung = Omit<RungFacts, "isDemanded" | "expectedIssuer">;

/** The issuer into whose URL the well-known path was put, without the trailing slash that this loses (RFC 8414 §3.1). */
function issuerOfPlace(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const start = pathname.indexOf("/.well-known/");
  if (start < 0) return undefined;
  const end = pathname.indexOf("/", start + "/.well-known/".length);
  return `${protocol}//${host}${pathname.slice(0, start)}${end < 0 ? "" : pathname.slice(end)}`;
}

/** Whether `url` was asked for `issuer`, by a rule of a specification or where it is found by mistake. */
const isAskedFor = (issuer: string, rung: ReadRung): boolean => {
  if (isPlaceOf(issuer, rung.urlText)) return true;
  const place = issuerOfPlace(rung.urlText);
  return place !== undefined && isSpellingOnly(compareIssuers(issuer, place));
};

function expectedIssuerOf(rung: ReadRung, named: readonly NamedIssuer[]): ExpectedIssuer | undefined {
  if (rung.role !== "server-metadata") return undefined;
  const places = named.filter(({ issuer }) => isAskedFor(issuer, rung));
  // Two spellings of one issuer share a place: the one that the document confirms is the one that was meant.
  const exact = places.find(({ issuer }) => issuer === rung.document?.issuer) ?? places[0];
  if (exact !== undefined) return { ...exact, from: "resource-metadata" };
  const issuer = rung.rung.endsWith("/redirected") ? undefined : issuerOfPlace(rung.urlText);
  return issuer === undefined ? undefined : { issuer, exchangeId: rung.exchangeId, from: "url" };
}

/** A URL given to a check that answers like no MCP server is taken as that of an issuer. */
const isIssuerCheck = (challenge: ChallengeFacts | undefined): challenge is ChallengeFacts =>
  challenge !== undefined && challenge.status !== 401;

function isDemanded(
  rung: ReadRung,
  expected: ExpectedIssuer | undefined,
  named: readonly NamedIssuer[],
  challenge: ChallengeFacts | undefined,
): boolean {
  if (rung.askedBy === "client") return true;
  switch (rung.role) {
    case "challenge":
    case "client-metadata":
      return true;
    case "resource-metadata":
      return challenge?.status === 401;
    case "server-metadata": {
      if (!rung.isStandard) return false;
      if (expected?.from === "resource-metadata") return true;
      if (named.length > 0 || challenge === undefined) return false;
      // Without resource metadata the MCP server's own host stands in (MCP 2025-03-26); an issuer is asked by its own URL.
      return isIssuerCheck(challenge)
        ? serverRungs(challenge.urlText).some(({ url }) => url === rung.urlText)
        : rung.rung.startsWith("server-metadata/mcp-origin") || rung.rung.startsWith("server-metadata/oauth-root");
    }
  }
}

/** Adds to each rung what belongs there and whether something has to. */
export function addExpectations(
  rungs: readonly ReadRung[],
  named: readonly NamedIssuer[],
  challenge: ChallengeFacts | undefined,
): RungFacts[] {
  return rungs.map((rung) => {
    const expected = expectedIssuerOf(rung, named);
    return {
      ...rung,
      isDemanded: isDemanded(rung, expected, named, challenge),
      ...(expected === undefined ? {} : { expectedIssuer: expected }),
    };
  });
}
