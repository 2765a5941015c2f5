import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { planCanary } from "@/lib/probes/canary.ts";
import { deletionRequest, type MadeRegistration, readMadeRegistration } from "@/lib/probes/registration.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import type { Asking, AskOptions, Start } from "./asking.ts";
import { isAgreed } from "./consent.ts";
import type { Terminal } from "./terminal.ts";

/** A client that this run registered. */
export interface OwnClient extends MadeRegistration {
  readonly redirectUri: string;
  readonly endpoint: string;
}

/** Shows the exact body, asks, registers; undefined when the person declined or the server did. */
export async function registerOwn(
  terminal: Terminal,
  asking: Asking,
  start: Start,
  options: AskOptions,
): Promise<OwnClient | undefined> {
  const { registrationEndpoint } = start;
  if (registrationEndpoint === undefined) return undefined;
  const subject = { ...start, registrationEndpoint, redirectUri: options.redirectUri ?? "http://127.0.0.1/callback" };
  const { writes } = planCanary(subject);
  const body = writes[0]?.body?.text ?? "";
  terminal.out(`\nThis registers a client at ${toVisibleText(registrationEndpoint)}:\n  ${toVisibleText(body)}\n`);
  if (!(await isAgreed(terminal, options, "Register it?"))) return undefined;
  const answer = answerOf(await asking.probe(writes));
  const made = answer && answer.status < 300 ? readMadeRegistration(answer.text) : undefined;
  if (made) return { ...made, redirectUri: subject.redirectUri, endpoint: registrationEndpoint };
  terminal.err(
    `The registration was refused: ${answer ? toVisibleText(`${answer.status} ${answer.text.slice(0, 300)}`) : "no answer"}\n`,
  );
  return undefined;
}

/** True when it is gone again. @see RFC 7592 §2.3 */
export async function deleteOwn(asking: Asking, made: OwnClient): Promise<boolean> {
  const request = deletionRequest(made, made.endpoint);
  if (!request) return false;
  const answer = answerOf(await asking.probe([request]));
  return answer?.status === 204 || answer?.status === 200;
}

export const sayOwn = ({ clientId, endpoint, management }: OwnClient, isDeleted: boolean): string =>
  isDeleted
    ? `The client that was registered for this, ${toVisibleText(clientId)}, is deleted again.\n`
    : `Left behind: client_id ${toVisibleText(clientId)} at ${toVisibleText(endpoint)}. ${management ? "The server did not delete it." : "The server offers no way to delete it (RFC 7592)."}\n`;

function answerOf(raw: readonly RawObservation[]): { readonly status: number; readonly text: string } | undefined {
  const response = raw.find((one) => one.kind === "response");
  return response && { status: response.status, text: response.body?.text ?? "" };
}
