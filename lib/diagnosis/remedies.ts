import { clients } from "@/lib/clients/index.ts";
import { findRemedy } from "@/lib/servers/index.ts";
import type { Remedies } from "./engine.ts";
import type { FixStep } from "./rule.ts";

const forgotten = new Set(["unknown-client", "client-registration-lost", "client-known-to-some-instances"]);
const notAllowed = new Set(["redirect-uri-not-registered", "registration-redirect-uri-rejected", "client-not-allowed"]);

/** What to do in the words of the recognised product, then of the recognised client. */
export const remedies: Remedies = (findingId, serverId, clientId) => [
  ...((serverId === undefined ? undefined : findRemedy(serverId, findingId))?.steps ?? []),
  ...clientSteps(findingId, clientId),
];

function clientSteps(findingId: string, clientId: string | undefined): FixStep[] {
  const client = clients.find(({ id }) => id === clientId);
  if (!client) return [];
  if (forgotten.has(findingId)) return [{ by: "user", do: client.reset }];
  if (!notAllowed.has(findingId) || client.allowList.length === 0) return [];
  const text = client.allowList.join("\n");
  return [{ by: "operator", do: `Allow the redirect URIs that ${client.name} uses`, code: { language: "text", text } }];
}
