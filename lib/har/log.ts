import type { Observation } from "@/lib/exchange/observation.ts";
import { readStored } from "@/lib/redaction/stored.ts";
import { members } from "./entry.ts";
import { parseJson, parseRelaxedJson } from "./relaxed.ts";
import { type OwnLog, ownEntrySchema, ownLogSchema } from "./schema.ts";

/** The file without its entries; of one that was cut off, what stands before them. */
export function readEnvelope(envelope: Uint8Array): unknown {
  const text = new TextDecoder().decode(envelope);
  return parseRelaxedJson(text) ?? parseJson(`${text}]}}`);
}

export function readOwnLog(log: Record<string, unknown> | undefined): OwnLog | undefined {
  const read = ownLogSchema.safeParse(log?._hopscope);
  return read.success ? read.data : undefined;
}

export function readOwnEntry(value: unknown): Observation[] {
  const own = ownEntrySchema.safeParse(members(value)?._hopscope);
  if (!own.success) return [];
  return own.data.observations.flatMap((observation) => readStored(observation) ?? []);
}

export function readCreator(log: Record<string, unknown> | undefined): string {
  const creator = members(log?.creator);
  return [creator?.name, creator?.version]
    .filter((part) => typeof part === "string")
    .join(" ")
    .slice(0, 100);
}
