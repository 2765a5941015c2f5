import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { parseServerMetadata, type ServerMetadata } from "@/lib/oauth/server-metadata.ts";
import type { Evidence } from "./rule.ts";
import { list, shorten } from "./words.ts";

/** What the authorization server's own metadata says; undefined when it was not seen. */
export function advertised({ metadata }: Pick<FlowFacts, "metadata">): ServerMetadata | undefined {
  const rung = metadata.status === "observed" ? metadata.value.server : undefined;
  return rung?.document && parseServerMetadata(rung.document).value;
}

type ListField = {
  [Field in keyof ServerMetadata]-?: NonNullable<ServerMetadata[Field]> extends readonly string[] ? Field : never;
}[keyof ServerMetadata];

/** A list in the server metadata that lacks a value, with the evidence of it; undefined when it has it, or says nothing. */
export function findUnlisted(
  facts: Pick<FlowFacts, "metadata">,
  field: ListField,
  isListed: (values: readonly string[]) => boolean,
): { readonly values: readonly string[]; readonly evidence: Evidence } | undefined {
  const values: readonly string[] | undefined = advertised(facts)?.[field];
  if (values === undefined || values.length === 0 || isListed(values)) return undefined;
  return { values, evidence: metadataEvidence(facts, field, list(values)) };
}

/** What a member of the server metadata says. */
export function metadataEvidence({ metadata }: Pick<FlowFacts, "metadata">, field: string, says: string): Evidence {
  const rung = metadata.status === "observed" ? metadata.value.server : undefined;
  return {
    exchangeId: rung?.exchangeId ?? "",
    role: "server-metadata",
    part: "metadata",
    where: `${field} of the server metadata`,
    says: shorten(says, 300),
  };
}
