import { maximumRequests } from "@/lib/discovery/ask.ts";
import type { ClientChoice, StepId } from "./connection.ts";
import { mostEndpoints } from "./find-server.ts";

/** What one step may send at most; what it really sends depends on what the server publishes. */
export interface AnnouncedStep {
  readonly id: StepId;
  readonly most: number;
}

export interface Announcement {
  readonly steps: readonly AnnouncedStep[];
  /** Requests in all, at most: the one that is opened in a tab for the login among them. */
  readonly total: number;
}

/** What a check may send at most, known before anything is sent. */
export function announceConnection(client: ClientChoice["kind"]): Announcement {
  const isRegistering = client === "register";
  const most: Readonly<Record<StepId, number>> = {
    discovery: maximumRequests,
    endpoints: mostEndpoints,
    client: isRegistering ? 1 : 0,
    authorization: 1,
    token: 1,
    refresh: 1,
    resource: 1,
    // One to revoke what was issued, one to delete what was registered.
    cleanup: isRegistering ? 2 : 1,
  };
  const ids: readonly StepId[] =
    client === "token" ? ["discovery", "endpoints", "resource"] : (Object.keys(most) as StepId[]);
  const steps = ids.map((id) => ({ id, most: most[id] })).filter((step) => step.most > 0);
  return { steps, total: steps.reduce((sum, step) => sum + step.most, 0) };
}

/** Requests at most when trying this many clients: each registers, asks twice, and is deleted again. */
export const announceCompatibility = (clients: number): number => maximumRequests + 4 * clients;
