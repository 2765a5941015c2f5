import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { readStored } from "@/lib/redaction/stored.ts";
import { type ByteSource, readBytes, UnreadableFile } from "./bytes.ts";
import { placeEntries } from "./chains.ts";
import { type HarEntry, members, readEntry } from "./entry.ts";
import { createIdentity, identityOf } from "./identity.ts";
import { type ImportLimits, importLimits } from "./limits.ts";
import { readCreator, readEnvelope, readOwnEntry, readOwnLog } from "./log.ts";
import { observeEntry } from "./observe.ts";
import { isPassive } from "./passive.ts";
import { describeProblems, explainRefusal } from "./problems.ts";
import { recoverEntries } from "./recover.ts";
import { parseRelaxedJson } from "./relaxed.ts";
import { selectEntries } from "./select.ts";
import { createEntrySplitter, type Slice } from "./split.ts";

/**
 * Recordings read so far, by name. Two different ones may get the same name, which is made of nothing secret; the second then gets
 * another, so that nobody's attempts are mixed. The contents stay in memory.
 */
export type ReadRecordings = Map<string, string>;

interface ImportProgress {
  readonly bytes: number;
  readonly entries: number;
  /** Of the entries kept so far, how many were redacted; 0 while the file is still being read. */
  readonly redacted: number;
}

export interface ImportOptions {
  readonly redact: (raw: RawObservation) => Observation | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Cancels between two chunks or batches; the import then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ImportLimits>;
  /** Of the recordings that are looked at together. */
  readonly read?: ReadRecordings;
  /** Awaited between two batches, so that the one who waits can hear of a cancellation. */
  readonly pause?: () => Promise<void>;
}

export interface EntryCounts {
  readonly read: number;
  /** Part of an authorization attempt; these became observations. */
  readonly used: number;
  /** Nothing to do with OAuth; nothing of them was kept. */
  readonly setAside: number;
  readonly unreadable: number;
}

export interface HarImport {
  readonly kind: "read";
  readonly observations: readonly Observation[];
  /** Milliseconds since the epoch: the last observation, or what our own export says. */
  readonly asOf: number;
  /** Names the recording; the observations of foreign files carry it as their session. */
  readonly session: string;
  /** Name and version of what wrote the file. */
  readonly creator: string;
  readonly entries: EntryCounts;
  /** What was left out and why, one sentence each, for the person who chose the file. */
  readonly problems: readonly string[];
}

/** The file as a whole could not be read. */
export interface HarRefusal {
  readonly kind: "refused";
  readonly problem: string;
}

function nameFor(name: string, content: string, read: ReadRecordings = new Map()): string {
  let free = name;
  for (let count = 2; (read.get(free) ?? content) !== content; count += 1) free = `${name}.${count}`;
  read.set(free, content);
  return free;
}

/** Entries handled between two looks at the signal. */
const batchSize = 200;

/**
 * Reads a HAR, given in chunks, into observations. Bad entries are left out and counted; the others are used. Rejects
 * only when the source itself fails or the signal cancels.
 */
export async function importHar(source: ByteSource, options: ImportOptions): Promise<HarImport | HarRefusal> {
  const reading = createReading({ ...importLimits, ...options.limits });
  try {
    for await (const chunk of readBytes(source, reading.limits.fileBytes, reading.notes)) {
      options.signal?.throwIfAborted();
      reading.add(chunk);
      options.onProgress?.(reading.progress());
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return { kind: "refused", problem: error.message };
    throw error;
  }
  return reading.finish(options);
}

function createReading(limits: ImportLimits) {
  const splitter = createEntrySplitter({ depth: limits.depth, bytes: limits.entryBytes });
  const decoder = new TextDecoder();
  const identity = createIdentity();
  const content = createIdentity();
  const kept: HarEntry[] = [];
  const stored = new Map<string, Observation>();
  const seen = new Set<string>();
  const counts = { read: 0, own: 0, repeated: 0, unreadable: 0, tooDeep: 0, tooLarge: 0, beyond: 0 };
  let bytes = 0;

  function takeSlice(slice: Slice, isRecovered: boolean) {
    counts.read += 1;
    if (slice.kind === "unreadable") {
      counts.unreadable += 1;
      counts[slice.why === "too-deep" ? "tooDeep" : "tooLarge"] += 1;
      return;
    }
    if (slice.kind === "passive") {
      identity.add(String(slice.length));
      return;
    }
    if (slice.kind === "parsed") {
      takeValue(slice.value, isRepeated(slice.json));
      return;
    }
    const json = decoder.decode(slice.bytes);
    if (isPassive(json)) {
      identity.add(String(json.length));
      return;
    }
    const isAgain = isRepeated(json);
    const value = parseRelaxedJson(json);
    if (value === undefined && !isRecovered) {
      // A damaged entry may have swallowed the ones after it.
      for (const inner of recoverEntries(slice.bytes, limits.depth)) takeSlice({ kind: "entry", bytes: inner }, true);
    }
    takeValue(value, isAgain);
  }

  /** An entry may hold a request that is none of its own: one to a private-use scheme, which is no entry of a HAR. */
  function countOwn(requests: number) {
    counts.own += Math.max(1, requests);
    counts.read += Math.max(0, requests - 1);
  }

  /** Files put together from several hold what these have in common more than once. */
  function isRepeated(json: string): boolean {
    const written = createIdentity();
    written.add(json);
    content.add(written.value());
    const has = seen.has(written.value());
    seen.add(written.value());
    return has;
  }

  function takeValue(value: unknown, isAgain: boolean) {
    const own = readOwnEntry(value);
    if (own.length > 0) {
      for (const observation of own) stored.set(observation.id, observation);
      countOwn(own.filter(({ kind }) => kind === "request").length);
      return;
    }
    identity.add(identityOf(value));
    const entry = readEntry(value, limits.body);
    if (!entry) {
      counts.unreadable += 1;
      return;
    }
    if (isAgain && entry.startedAt !== undefined) {
      counts.repeated += 1;
      return;
    }
    if (kept.length < limits.entries) kept.push(withoutUnusedText(entry));
    else counts.beyond += 1;
  }

  const notes: string[] = [];

  return {
    limits,
    notes,
    add(chunk: Uint8Array) {
      bytes += chunk.length;
      for (const slice of splitter.push(chunk)) takeSlice(slice, false);
    },
    progress: (): ImportProgress => ({ bytes, entries: counts.read, redacted: 0 }),
    async finish(options: ImportOptions): Promise<HarImport | HarRefusal> {
      const end = splitter.finish();
      for (const slice of end.slices) takeSlice(slice, true);
      const log = members(members(readEnvelope(end.envelope))?.log);
      if (!end.hasEntries && counts.read === 0) return { kind: "refused", problem: explainRefusal(end.envelope) };
      const creator = readCreator(log);
      const own = readOwnLog(log);
      for (const value of own?.observations ?? []) {
        const observation = readStored(value);
        if (!observation) continue;
        stored.set(observation.id, observation);
        if (observation.kind !== "request") continue;
        counts.read += 1;
        counts.own += 1;
      }
      const session = own?.session ?? nameFor(`import:${identity.value()}`, content.value(), options.read);
      const placed = placeEntries(inOrderOfTime(kept), /playwright/i.test(creator));
      const selected = selectEntries(placed);
      const observations = [...stored.values()];
      for (let at = 0; at < selected.length; at += batchSize) {
        await options.pause?.();
        options.signal?.throwIfAborted();
        for (const one of selected.slice(at, at + batchSize))
          for (const raw of observeEntry(one, session)) {
            const observation = options.redact(raw);
            if (observation) observations.push(observation);
          }
        options.onProgress?.({ bytes, entries: counts.read, redacted: Math.min(at + batchSize, selected.length) });
      }
      const used = selected.length + counts.own;
      const unreadable = counts.unreadable + (own?.entries.unreadable ?? 0);
      const setAside = counts.read - used - counts.unreadable + (own?.entries.setAside ?? 0);
      return {
        kind: "read",
        observations,
        asOf: own?.asOf ?? observations.reduce((latest, { at }) => Math.max(latest, at), 0),
        session,
        creator,
        entries: { read: used + setAside + unreadable, used, setAside, unreadable },
        problems: [...notes, ...describeProblems(counts, limits, end.isWhole)],
      };
    },
  };
}

/** A script's or image's body is of no use; letting go of it at once keeps large files small in memory. */
function withoutUnusedText(entry: HarEntry): HarEntry {
  if (entry.text === undefined || /html|json|xml|plain|^$/i.test(entry.mimeType)) return entry;
  const { text: _, ...rest } = entry;
  return rest;
}

/** Exporters list entries by start, by end or by connection. Those without a time stay behind the one before them. */
function inOrderOfTime(entries: readonly HarEntry[]): HarEntry[] {
  let last = Number.NEGATIVE_INFINITY;
  const timed = entries.map((entry) => {
    last = entry.startedAt ?? last;
    return { entry, at: last };
  });
  return timed.sort((left, right) => (left.at === right.at ? 0 : left.at - right.at)).map(({ entry }) => entry);
}
