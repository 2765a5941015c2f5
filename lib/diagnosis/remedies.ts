import { clientSteps, findClient } from "@/lib/clients/index.ts";
import { findRemedy, findServer } from "@/lib/servers/index.ts";
import type { Remedies } from "./engine.ts";
import type { FixStep } from "./rule.ts";

/** What to do in the words of the recognised product, then of the recognised client. */
export const remedies: Remedies = (findingId, serverId, clientId) => {
  const client = clientId === undefined ? undefined : findClient(clientId);
  return [
    ...((serverId === undefined ? undefined : findRemedy(serverId, findingId))?.steps ?? []),
    ...(serverId !== undefined && aboutRegistered.has(findingId) ? whereClientsAre(serverId) : []),
    ...(client ? clientSteps(findingId, client) : []),
  ];
};

/** Findings about a client that the server should have, and may have lost. */
const aboutRegistered: ReadonlySet<string> = new Set(["unknown-client", "client-registration-lost"]);

function whereClientsAre(serverId: string): readonly FixStep[] {
  const server = findServer(serverId);
  if (server?.clientStorage === undefined) return [];
  return [
    {
      by: "operator",
      do: `Look for this client_id where ${server.name} keeps registered clients unless configured otherwise: ${server.clientStorage}.`,
    },
  ];
}
