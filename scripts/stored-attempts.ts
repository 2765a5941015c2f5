import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { trace } from "@/test/builders.ts";

const key = { id: "bench-key", bytes: new Uint8Array(32).fill(7) };
const minute = 60_000;
const servers = 40;

/** Minutes until the next attempt: somebody tries some times in a row, then does something else. */
const pauses = [1, 3, 2, 95, 4, 1, 240, 2, 6, 1, 3, 700];

/**
 * That many attempts of 5 to 15 observations as the worker stores them, oldest first, in batches: refused clients, changed states, dead
 * callbacks, refused tokens and attempts that went well, at forty servers.
 */
export function* storedAttempts(count: number): Generator<Observation[]> {
  const redactor = createRedactor(key);
  let batch: Observation[] = [];
  let at = Date.UTC(2025, 0, 6, 8);
  for (let number = 0; number < count; number += 1) {
    at += (pauses[number % pauses.length] ?? 1) * minute;
    const raw = attempt(number);
    const start = raw[0]?.at ?? 0;
    for (const one of raw) {
      const observation = redactor.redact({
        ...one,
        at: at + (one.at - start) / 5,
        tabId: 1 + (number % 7),
        ...("requestId" in one && one.requestId !== undefined && { requestId: `${number}-${one.requestId}` }),
        ...("documentId" in one && one.documentId !== undefined && { documentId: `${number}-${one.documentId}` }),
      } as RawObservation);
      if (observation) batch.push(observation);
    }
    if (batch.length < 4_000) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function attempt(number: number): readonly RawObservation[] {
  const server = `https://auth${number % servers}.example`;
  const [state, code] = [
    `state-of-attempt-${number}-af0ifjsldkjQx8Yz1b2C3d4E5f6`,
    `code-${number}-SplxlOBeZQQYbYS6WxSbIA`,
  ];
  const client = { client_id: `client-${number % (2 * servers)}`, state };
  const asked = trace()
    .authorizationRequest(client, { endpoint: `${server}/authorize` })
    .redirectsTo(`${server}/login?transaction=${number}`)
    .loginPage()
    .visits(`${server}/login?transaction=${number}`, "POST");
  switch (number % 5) {
    case 0:
      return asked.page({ status: 400, text: "We are sorry... Client not found." }).raw;
    case 1:
      return asked
        .respondsWith({ code, state: "changed-on-the-way-0123456789abcdef" })
        .page({ status: 400, text: "state" }).raw;
    case 2:
      return asked.respondsWith({ code, state }).fails("net::ERR_CONNECTION_REFUSED").raw;
    case 3:
      return asked
        .respondsWith({ code, state })
        .page({ text: "Signing in" })
        .fetches(`${server}/token`, {
          source: "browser",
          form: { grant_type: "authorization_code", code, client_id: client.client_id },
          answer: { status: 400, json: { error: "invalid_grant" } },
        }).raw;
    default:
      return asked.respondsWith({ code, state }).page({ text: "You can close this window." }).raw;
  }
}
