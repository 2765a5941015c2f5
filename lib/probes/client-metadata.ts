import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type Draw, drawsOf } from "./answers.ts";
import { compare } from "./known-client.ts";
import { authorizationProbe, documentNobodyHas } from "./oracles.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";

/** Public client ID metadata documents of two vendors: can the server fetch anybody's? */
const controlDocuments = [
  "https://vscode.dev/oauth/client-metadata.json",
  "https://chatgpt.com/oauth/client.json",
] as const;

export interface ClientMetadataReading {
  /**
   * `thisDocument`: a control document got the server as far as the redirect check and this one did not. `noDocument`: not one
   * of them did, so the server can fetch none.
   */
  readonly verdict: "fetched" | "thisDocument" | "noDocument" | "cannotTell";
  readonly suspect: readonly Draw[];
  readonly controls: readonly Draw[];
}

/** The redirect oracle with this document, with two that exist, and with one that cannot. */
export function planClientMetadata(
  subject: ProbeSubject,
  random: Random,
  documents: readonly string[] = controlDocuments,
): ProbePlan {
  const ask = (who: string, clientId: string) =>
    authorizationProbe(subject, `probe/client-metadata/${who}`, { clientId }, random);
  return planOf("client-metadata", subject, [
    ...(subject.clientId === undefined ? [] : [ask("suspect", subject.clientId)]),
    ...documents.map((document, index) => ask(`document/${index}`, document)),
    ask("control", documentNobodyHas(random)),
  ]);
}

export function readClientMetadata(exchanges: readonly Exchange[]): ClientMetadataReading | undefined {
  const suspect = drawsOf(exchanges, "probe/client-metadata/suspect");
  if (suspect.length === 0) return undefined;
  const controls = drawsOf(exchanges, "probe/client-metadata/document");
  const unfetchable = drawsOf(exchanges, "probe/client-metadata/control");
  const isFetched = (draw: Draw) => compare([draw], unfetchable);
  const own = compare(suspect, unfetchable);
  const others = controls.map(isFetched);
  const verdict =
    own === "differs"
      ? "fetched"
      : own !== "sameAsControl"
        ? "cannotTell"
        : others.includes("differs")
          ? "thisDocument"
          : others.length > 0 && others.every((other) => other === "sameAsControl")
            ? "noDocument"
            : "cannotTell";
  return { verdict, suspect, controls };
}
