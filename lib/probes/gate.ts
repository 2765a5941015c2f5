import type { Send } from "@/lib/discovery/ask.ts";

/** Lets the requests of a run through until there is a reason to send no more. */
export interface Gate {
  readonly send: Send;
  /** Throws why nothing more is sent; does nothing while it is. */
  check(): void;
  /** From now on only clean-up is sent: cancelling does not stop it, a server that asked for fewer requests does. */
  beginCleanUp(): void;
}

/** Closes at the first 429 (RFC 6585 §4), and when the user cancels. */
export function createGate(send: Send, isCancelled: () => boolean): Gate {
  let limitedBy: string | undefined;
  let isCleaningUp = false;
  const reason = (isCleanUp: boolean) =>
    limitedBy !== undefined ? "rate-limited" : !isCleanUp && isCancelled() ? "cancelled" : undefined;
  return {
    async send(request) {
      // A run deletes nothing but what it made.
      const closed = reason(isCleaningUp || request.method === "DELETE");
      if (closed !== undefined) return { kind: "failed", error: `refused:${closed}` };
      const answer = await send(request);
      if (answer.kind === "answered" && answer.status === 429) limitedBy ??= new URL(request.url).host;
      return answer;
    },
    check() {
      if (limitedBy !== undefined)
        throw new Error(`${limitedBy} asked for fewer requests (429), so nothing more is sent. Try again later.`);
      if (reason(isCleaningUp) !== undefined) throw new Error("Cancelled.");
    },
    beginCleanUp() {
      isCleaningUp = true;
    },
  };
}
