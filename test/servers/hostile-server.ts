import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Handler, listen } from "./listen.ts";

/** How every endpoint but the metadata answers. */
export const hostilities = [
  "a body that never ends",
  "a redirect to itself",
  "429 at once",
  "one byte at a time",
  "HTML and 200",
  "JSON that is none",
  "five megabytes of JSON",
  "JSON a thousand objects deep",
  "no answer",
  "a registration full of secrets",
] as const;
export type Hostility = (typeof hostilities)[number];

export interface HostileServer {
  readonly origin: string;
  /** MCP endpoint of the server whose endpoints answer in this way. */
  resource(how: Hostility): string;
  /** What a registration with the last of them is answered with, and nobody may keep or show. */
  readonly secrets: readonly string[];
  /** Requests to the other origin at which such a registration says it is to be managed. */
  readonly astray: readonly string[];
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** Metadata as it should be, and behind it endpoints that do what no authorization server does. */
export async function startHostileServer(): Promise<HostileServer> {
  const requests: string[] = [];
  const astray: string[] = [];
  const secrets = Array.from({ length: 4 }, () => randomBytes(24).toString("base64url"));
  const other = await listen({
    protocol: "http",
    handler: ({ method, url }, response) => {
      astray.push(`${method} ${url}`);
      response.writeHead(204).end();
    },
  });
  let origin = "";
  const handler: Handler = (request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    requests.push(`${request.method} ${pathname}`);
    const found = /^(\/\.well-known\/[a-z-]+)?\/(\d)\b/.exec(pathname);
    const base = `${origin}/${found?.[2]}`;
    const how = hostilities[Number(found?.[2])];
    if (found?.[1] !== undefined) answerJson(response, 200, documents(base)[found[1]]);
    else if (how === undefined) response.writeHead(404).end();
    else if (pathname.endsWith("/mcp")) {
      const at = `${origin}/.well-known/oauth-protected-resource${pathname}`;
      response.writeHead(401, { "www-authenticate": `Bearer resource_metadata="${at}"` }).end();
    } else if (how === "a registration full of secrets" && request.method === "POST" && pathname.endsWith("/register"))
      answerJson(response, 201, registrationOf(secrets, other.origin));
    else misbehave(how, request, response);
  };
  const listener = await listen({ protocol: "http", handler });
  origin = listener.origin;
  return {
    origin,
    resource: (how) => `${origin}/${hostilities.indexOf(how)}/mcp`,
    secrets,
    astray,
    requests,
    stop: async () => {
      await Promise.all([listener.close(), other.close()]);
    },
  };
}

const documents = (base: string): Readonly<Record<string, unknown>> => ({
  "/.well-known/oauth-protected-resource": { resource: `${base}/mcp`, authorization_servers: [base] },
  "/.well-known/oauth-authorization-server": {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    registration_endpoint: `${base}/register`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
  },
});

/** Under the names of RFC 7591 and RFC 7592, and under others. */
const registrationOf = ([secret, access, password, key]: readonly string[], elsewhere: string) => ({
  client_id: "a-client-of-the-hostile-server",
  client_secret: secret,
  client_secret_expires_at: 0,
  registration_access_token: access,
  registration_client_uri: `${elsewhere}/clients/1`,
  note: `Keep the password ${password} to yourself`,
  internal: { signing: { key } },
});

function misbehave(how: Hostility, request: IncomingMessage, response: ServerResponse): void {
  const answer = (status: number, type: string, text: string) =>
    response.writeHead(status, { "content-type": type }).end(text);
  switch (how) {
    case "a body that never ends":
      response.writeHead(200, { "content-type": "text/html" });
      repeat(response, 1, "x".repeat(65_536));
      break;
    case "a redirect to itself":
      response.writeHead(302, { location: request.url ?? "/" }).end();
      break;
    case "429 at once":
      response.writeHead(429, { "retry-after": "999999" }).end("slow down");
      break;
    case "one byte at a time":
      response.writeHead(200, { "content-type": "application/json" });
      repeat(response, 250, " ");
      break;
    case "HTML and 200":
      answer(200, "text/html", "<h1>Welcome</h1><p>Nothing here.");
      break;
    case "JSON that is none":
      answer(400, "application/json", '{"error": "invalid_cl');
      break;
    case "five megabytes of JSON":
      answerJson(response, 400, { error: "invalid_client", padding: "x".repeat(5 * 1024 * 1024) });
      break;
    case "JSON a thousand objects deep":
      answer(400, "application/json", `${'{"error":'.repeat(1_000)}"nothing"${"}".repeat(1_000)}`);
      break;
    case "no answer":
      request.socket.destroy();
      break;
    case "a registration full of secrets":
      answerJson(response, 400, { error: "invalid_request", error_description: "Nothing else is known here" });
  }
}

function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function repeat(response: ServerResponse, every: number, text: string): void {
  const timer = setInterval(() => response.write(text), every);
  response.once("close", () => clearInterval(timer));
}
