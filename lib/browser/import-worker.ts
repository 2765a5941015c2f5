import { createDesk, type Desk } from "@/lib/har/desk.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createUrlMemory } from "@/lib/redaction/memory.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import type { ImportAnswers, ImportMessage, ImportQuestion, NumberedQuestion } from "./import-messages.ts";
import { openStore } from "./store.ts";

// The worker that reads recordings: raw values live here only until they are redacted, and the page never waits for it.

let desk: Desk | undefined;
let version = "";
let cancelling = new AbortController();

const answer = (message: ImportMessage) => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<NumberedQuestion>) => {
  const { number, question } = data;
  carryOut(question).then(
    (value) => answer({ kind: "answer", number, value }),
    (error: unknown) => answer({ kind: "fault", number, message: error instanceof Error ? error.message : "unknown" }),
  );
});

async function carryOut(question: ImportQuestion): Promise<ImportAnswers[ImportQuestion["ask"]]> {
  if (question.ask === "open") {
    desk = createDesk(createRedactor(question.session, { readHtml, urls: createUrlMemory() }).redact);
    version = question.version;
    return undefined;
  }
  if (!desk) throw new Error("The worker was asked before it was opened");
  switch (question.ask) {
    case "add":
      return add(desk, question.files);
    case "cancel":
      cancelling.abort();
      return undefined;
    case "report":
      return desk.report(question.flowId);
    case "export":
      return desk.prepareExport(question.flowId, version);
    case "keep":
      return keep(desk, question.session);
  }
}

async function add(on: Desk, files: readonly File[]): Promise<ImportAnswers["add"]> {
  cancelling = new AbortController();
  const { signal } = cancelling;
  try {
    await on.add(
      files.map((file) => ({ name: file.name, size: file.size, source: chunksOf(file) })),
      { signal, pause: nextTurn, onProgress: sparingly },
    );
    return on.files();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** A progress message for every chunk of a large file would keep the page busy. */
let lastTold = 0;
function sparingly(progress: { readonly file: number; readonly bytes: number; readonly entries: number }): void {
  const now = performance.now();
  if (now - lastTold < 100) return;
  lastTold = now;
  answer({ kind: "progress", ...progress });
}

/** Lets messages in; a timer would be slowed down to four milliseconds. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** As slices: the browser's own stream of a file is not iterable everywhere. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const size = 1 << 20;
  for (let from = 0; from < file.size; from += size)
    yield new Uint8Array(await file.slice(from, from + size).arrayBuffer());
}

async function keep(on: Desk, session: string): Promise<ImportAnswers["keep"]> {
  const store = openStore();
  const observations = on.observations(session);
  const times = observations.map(({ at }) => at).sort((left, right) => left - right);
  const stored = await store.between(times[0] ?? 0, times.at(-1) ?? 0);
  const before = new Set(stored.observations.map((observation) => observation.session));
  for (const observation of observations) await store.put(observation);
  on.markKept(session);
  const sessions = new Set(observations.map((observation) => observation.session));
  return { files: on.files(), sessions: [...sessions].filter((one) => !before.has(one)) };
}
