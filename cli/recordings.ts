import { randomBytes } from "node:crypto";
import type { Observation } from "@/lib/exchange/observation.ts";
import { type HarImport, importHar, type ReadRecordings } from "@/lib/har/import.ts";
import type { Gate } from "@/lib/redaction/gate.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createUrlMemory } from "@/lib/redaction/memory.ts";
import { createRedactor, type Redactor } from "@/lib/redaction/redact.ts";
import { explainFailure, type Terminal } from "./terminal.ts";

/** A file as it was given, read or not. */
export type Recording =
  | { readonly kind: "read"; readonly file: string; readonly content: HarImport }
  | { readonly kind: "unreadable"; readonly file: string; readonly problem: string };

/** With a key of its own that is forgotten at the end of the run. */
export const createRunRedactor = (gate?: Gate): Redactor =>
  createRedactor(
    { id: randomBytes(6).toString("base64url"), bytes: randomBytes(32) },
    { readHtml, urls: createUrlMemory(), ...(gate && { gate }) },
  );

export async function readRecording(
  terminal: Terminal,
  file: string,
  redactor: Redactor,
  read: ReadRecordings = new Map(),
): Promise<Recording> {
  try {
    const content = await importHar(terminal.read(file), { redact: redactor.redact, read });
    if (content.kind === "refused") return { kind: "unreadable", file, problem: content.problem };
    return { kind: "read", file, content };
  } catch (error) {
    return { kind: "unreadable", file, problem: explainFailure(error) };
  }
}

/** All observations of all recordings: one person's attempt may explain another's. */
export const allObservations = (recordings: readonly Recording[]): Observation[] =>
  recordings.flatMap((recording) => (recording.kind === "read" ? recording.content.observations : []));
