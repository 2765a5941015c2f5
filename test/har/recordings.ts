import { readdirSync, readFileSync } from "node:fs";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { buildHar, printHar } from "@/lib/har/export.ts";
import { type HarImport, type HarRefusal, type ImportOptions, importHar } from "@/lib/har/import.ts";
import { createFileGate } from "@/lib/redaction/file-gate.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

const folder = new URL("../fixtures/har/", import.meta.url);

/** File names of the raw recordings. */
export const recordings: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".har"))
  .sort();

export const readRecording = (name: string): string => readFileSync(new URL(name, folder), "utf8");

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** In pieces, as a file arrives. */
function* chunksOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const createTestRedactor = (keyId = "test", gate = createFileGate()) =>
  createRedactor({ id: keyId, bytes: bytesOf(keyId.padEnd(32, "k")) }, { gate, readHtml });

export function readHar(
  text: string | Uint8Array,
  options: Partial<ImportOptions> & { readonly chunkSize?: number } = {},
): Promise<HarImport | HarRefusal> {
  const bytes = typeof text === "string" ? bytesOf(text) : text;
  return importHar(chunksOf(bytes, options.chunkSize ?? 65_536), { redact: createTestRedactor().redact, ...options });
}

/** Fails the test when the file is refused. */
export async function importText(
  text: string | Uint8Array,
  options: Partial<ImportOptions> & { readonly chunkSize?: number } = {},
): Promise<HarImport> {
  const result = await readHar(text, options);
  if (result.kind === "refused") throw new Error(result.problem);
  return result;
}

export const diagnoseImport = ({ observations, asOf }: HarImport): FlowReport[] => diagnose(observations, { asOf });

export function exportImport(content: HarImport): string {
  const { observations, asOf, session, entries } = content;
  const reports = diagnoseImport(content);
  return printHar(buildHar({ observations, reports, asOf, version: "1.0.0", origin: { session, entries } }));
}

/** What must not change with the tool that wrote the recording: states, findings, roles of the legs. */
export const verdictsOf = (reports: readonly FlowReport[]) =>
  reports.map(({ diagnosis, flow }) => ({
    state: diagnosis.state,
    findings: diagnosis.findings.map(({ id, certainty }) => `${id} ${certainty}`),
    legs: flow.legs.map(({ role, exchange }) => `${role} ${exchange.status ?? exchange.error ?? "unanswered"}`),
  }));

/** A recording as plain data, to be changed by a test. */
export interface HarFile {
  log: { version: string; creator: { name: string; version: string }; pages: unknown[]; entries: HarEntryData[] };
}

interface HarPair {
  name: string;
  value: string;
}

export interface HarEntryData {
  pageref?: string;
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    headers: HarPair[];
    cookies: unknown[];
    postData?: { mimeType: string; text?: string; params?: HarPair[] };
    [name: string]: unknown;
  };
  response: {
    status: number;
    headers: HarPair[];
    cookies: unknown[];
    content: { size?: number; mimeType?: string; text?: string; encoding?: string };
    redirectURL: string;
    _failureText?: string;
    [name: string]: unknown;
  };
  [name: string]: unknown;
}

export const parseRecording = (name: string): HarFile => JSON.parse(readRecording(name)) as HarFile;
