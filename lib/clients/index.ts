import type { RemedyStep } from "@/lib/servers/server.ts";
import { authjs } from "./authjs.ts";
import { chatgpt } from "./chatgpt.ts";
import { claude } from "./claude.ts";
import { claudeCode } from "./claude-code.ts";
import type { Client } from "./client.ts";
import { cline } from "./cline.ts";
import { codex } from "./codex.ts";
import { copilotStudio } from "./copilot-studio.ts";
import { cursor } from "./cursor.ts";
import { geminiCli } from "./gemini-cli.ts";
import { goose } from "./goose.ts";
import { librechat } from "./librechat.ts";
import { mcpInspector } from "./mcp-inspector.ts";
import { mcpManager } from "./mcp-manager.ts";
import { mcpRemote } from "./mcp-remote.ts";
import { n8n } from "./n8n.ts";
import { oauth2Proxy } from "./oauth2-proxy.ts";
import { opencode } from "./opencode.ts";
import { postman } from "./postman.ts";
import { slack } from "./slack.ts";
import { swaggerUi } from "./swagger-ui.ts";
import { vsCode } from "./vs-code.ts";
import { windsurf } from "./windsurf.ts";
import { zed } from "./zed.ts";

/** Every known client. Adding one is a file, one import and one line here. */
export const clients: readonly Client[] = [
  authjs,
  chatgpt,
  claude,
  claudeCode,
  cline,
  codex,
  copilotStudio,
  cursor,
  geminiCli,
  goose,
  librechat,
  mcpInspector,
  mcpManager,
  mcpRemote,
  n8n,
  oauth2Proxy,
  opencode,
  postman,
  slack,
  swaggerUi,
  vsCode,
  windsurf,
  zed,
];

export const findClient = (id: string): Client | undefined => clients.find((client) => client.id === id);

/**
 * The client behind an attempt: by its client ID metadata document, then by the name it registered under, then by a
 * redirect URI that only one client is known to use.
 */
export function recogniseClient(seen: {
  readonly redirectUri?: string;
  readonly clientId?: string;
  readonly clientName?: string;
}): Client | undefined {
  const { redirectUri, clientId, clientName } = seen;
  return (
    only(clients.filter((client) => clientId !== undefined && matchesAny(client.metadataDocuments, clientId))) ??
    only(clients.filter((client) => clientName !== undefined && client.clientNames.includes(clientName))) ??
    only(clients.filter((client) => redirectUri !== undefined && client.redirectUris.includes(redirectUri))) ??
    only(clients.filter((client) => redirectUri !== undefined && matchesAny(client.redirectUris, redirectUri)))
  );
}

/** What a finding asks of this client's user, and what its operator can paste; empty when the client has no part in it. */
export function clientSteps(findingId: string, client: Client): readonly RemedyStep[] {
  if (forgetful.has(findingId)) return [{ by: "user", do: client.reset }];
  if (unlisted.has(findingId) && client.allowList.length > 0) {
    return [
      {
        by: "operator",
        do: `Allow the redirect URIs of ${client.name} exactly as they stand here; on a loopback address any port must pass.`,
        code: { language: "text", text: client.allowList.join("\n") },
      },
    ];
  }
  return interrupted.has(findingId) ? [{ by: "user", do: client.retry }] : [];
}

/** The server no longer knows the client: the client has to forget its registration too. */
const forgetful: ReadonlySet<string> = new Set([
  "unknown-client",
  "client-registration-lost",
  "client-known-to-some-instances",
  "client-store-key-differs",
]);
const unlisted: ReadonlySet<string> = new Set([
  "redirect-uri-not-registered",
  "registration-redirect-uri-rejected",
  "client-not-allowed",
]);
/** Nothing is wrong with the registration: starting again is enough. */
const interrupted: ReadonlySet<string> = new Set([
  "access-denied",
  "callback-missing",
  "callback-unreachable",
  "transaction-lost",
]);

/** Two clients that fit equally well are none. */
const only = (found: readonly Client[]): Client | undefined => (found.length === 1 ? found[0] : undefined);

const matchesAny = (templates: readonly string[], text: string): boolean =>
  templates.some((template) => matchesTemplate(template, text));

/** Placeholders as `Client` defines them; the literal text around them is compared byte for byte. */
function matchesTemplate(template: string, text: string): boolean {
  let rest = text;
  for (const part of template.split(/(?=\{)|(?<=\})/)) {
    const length =
      part in placeholders
        ? (placeholders[part]?.exec(rest)?.[0].length ?? -1)
        : rest.startsWith(part)
          ? part.length
          : -1;
    if (length < 0) return false;
    rest = rest.slice(length);
  }
  return rest === "";
}

const placeholders: Readonly<Record<string, RegExp>> = {
  "{port}": /^\d{1,5}/,
  "{any}": /^[^/?#]*/,
  "{host}": /^[^/?#@]+/,
};
