import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { sendCommand } from "./commands.ts";
import { readSession } from "./session.ts";
import { openStore } from "./store.ts";

export interface PageRecorder {
  /** Redacted here and now; the raw value goes no further than this page. */
  record(raw: RawObservation): void;
  /** Resolves when everything recorded so far is stored and the lists know of it. */
  settled(): Promise<void>;
}

/** Records what a page of ours sent and got, under the key of this browser session. */
export async function startPageRecorder(): Promise<PageRecorder> {
  const session = await readSession();
  const redactor = createRedactor(session, { readHtml });
  const store = openStore();
  let tail: Promise<unknown> = Promise.resolve();
  return {
    record(raw) {
      const observation = redactor.redact({ ...raw, session: session.id });
      if (observation) tail = tail.then(() => store.put(observation)).catch(() => undefined);
    },
    async settled() {
      await tail;
      await sendCommand({ command: "reload" });
    },
  };
}
