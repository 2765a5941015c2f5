import { findListed, findShown, isNew, mayTellOfAttempt, readSafely, type ShownDocument } from "./capture/recover.ts";
import type { LoadedDocument } from "./capture/web-navigation.ts";
import type { Recorder } from "./recorder.ts";

export interface Recovery {
  /** Reads the text of a document that is part of an attempt; takes it into one first when its URL says so and nobody else did. */
  read(document: LoadedDocument): Promise<void>;
  /** Looks for what a killed worker may have missed. Does nothing where no attempt was under way and no tab shows one. */
  start(): Promise<void>;
}

export function createRecovery(recorder: Recorder, now: () => number): Recovery {
  /** Documents whose reading began in this life of the worker. */
  const read = new Set<string>();

  async function readOnce(document: LoadedDocument): Promise<void> {
    const { documentId } = document;
    // Without an id every one that is told of may be another: the answer to a form often has the form's own address.
    if (documentId !== undefined && read.has(documentId)) return;
    if (documentId !== undefined) read.add(documentId);
    await readSafely(document, recorder.record);
  }

  return {
    async read(document) {
      const isTracked = await recorder.isTracked(document.tabId);
      if (!isTracked && !mayTellOfAttempt(document.url)) return;
      if (isTracked || (await recorder.recover(document))) await readOnce(document);
    },
    async start() {
      const { observations, session } = await recorder.recent();
      const isRead = new Set(observations.map((seen) => (seen.kind === "page" ? seen.documentId : undefined)));
      const take = async (shown: ShownDocument) => {
        if (await isNew(shown, now())) await recorder.recover(shown);
        if (shown.hasFailed || isRead.has(shown.documentId)) return;
        if (await recorder.isTracked(shown.tabId)) await readOnce(shown);
      };
      // Where the user withheld a site the browser never answers; nobody waits for it.
      for (const shown of await findShown(observations, session)) void take(shown).catch(() => undefined);
      for (const listed of await findListed(observations, session, now())) recorder.miss(listed);
      await recorder.tellLosses();
    },
  };
}
