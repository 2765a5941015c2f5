import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor, readStored } from "@/lib/redaction/redact.ts";

/** Something that leaves the redaction: a store, a file, a text. Add one here and every planted secret is searched in it. */
export interface Sink {
  readonly name: string;
  /** What a run over these events would write; `undefined` when the event was dropped as a whole. */
  readonly write: (events: readonly RawObservation[]) => string | undefined;
}

const redactor = createRedactor({ id: "property", bytes: new Uint8Array(32).fill(5) }, { readHtml });
const observe = (events: readonly RawObservation[]) => events.flatMap((event) => redactor.redact(event) ?? []);

export const sinks: readonly Sink[] = [
  {
    name: "observation",
    write(events) {
      const observations = observe(events);
      return observations.length < events.length ? undefined : JSON.stringify(observations);
    },
  },
  {
    name: "stored",
    write(events) {
      const observations = observe(events);
      const read = JSON.parse(JSON.stringify(observations)).flatMap((one: unknown) => readStored(one) ?? []);
      return read.length < events.length ? undefined : JSON.stringify(read);
    },
  },
];
