import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type Pair, pairsOf } from "@/lib/report/pairs.ts";
import { toVisibleRuns } from "@/lib/report/visible-text.ts";
import type { CheckForm } from "./check-form.ts";

/** Longer than any address or scope that a server takes. */
const limit = 8_000;

/** What of an attempt is public and fills in a check of its server. */
interface PublicFields {
  readonly url: string;
  readonly clientId?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly scope?: string | undefined;
}

/** Where the check opens with these fields filled in. */
export function hrefOfCheck({ url, clientId, redirectUri, scope }: PublicFields): string {
  const fields = { url, client_id: clientId, redirect_uri: redirectUri, scope };
  const known = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return `#/check?${new URLSearchParams(known)}`;
}

/** The check of a client's server; undefined when no address of it is known. */
export const checkOfPair = ({ checkUrl: url, ...known }: Pair): string | undefined =>
  url === undefined ? undefined : hrefOfCheck({ ...known, url });

export function checkOfAttempt(report: FlowReport): string | undefined {
  const [pair] = pairsOf([report]);
  return pair && checkOfPair(pair);
}

/**
 * The fields that an address fills in. A new client is registered all the same, since the one of the attempt is what failed;
 * its id is there for whoever switches to it. One that is itself a metadata document can be used as it is.
 */
export function fieldsIn(hash: string): Partial<CheckForm> {
  const query = new URLSearchParams(hash.split("?", 2)[1] ?? "");
  // In a field nothing can be marked, so it ends where something would hide or reorder characters.
  const text = (name: string) => {
    const [first] = toVisibleRuns((query.get(name) ?? "").slice(0, limit));
    return first?.kind === "plain" ? first.text : "";
  };
  const clientId = text("client_id");
  const isDocument = /^https:\/\//.test(clientId);
  return {
    url: text("url"),
    redirectUri: text("redirect_uri"),
    scope: text("scope"),
    ...(isDocument ? { client: "document", documentUrl: clientId } : { clientId }),
  };
}
