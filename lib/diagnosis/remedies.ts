import { clientSteps, findClient } from "@/lib/clients/index.ts";
import { findRemedy } from "@/lib/servers/index.ts";
import type { Remedies } from "./engine.ts";

/** What to do in the words of the recognised product, then of the recognised client. */
export const remedies: Remedies = (findingId, serverId, clientId) => {
  const client = clientId === undefined ? undefined : findClient(clientId);
  return [
    ...((serverId === undefined ? undefined : findRemedy(serverId, findingId))?.steps ?? []),
    ...(client ? clientSteps(findingId, client) : []),
  ];
};
