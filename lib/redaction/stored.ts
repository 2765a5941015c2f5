import { type Observation, observationSchema } from "@/lib/exchange/observation.ts";

/** An observation read back from storage or an imported file; `undefined` when it is not one that redaction could have made. */
export function readStored(value: unknown): Observation | undefined {
  try {
    const parsed = observationSchema.safeParse(value);
    return parsed.success ? (parsed.data as Observation) : undefined;
  } catch {
    return undefined;
  }
}
