import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express, { type Express, type Request, type Response } from "express";
import { MemoryAuthorizationProvider, type Transaction } from "./authorization-provider.ts";
import type { ServerCertificate } from "./certificate-authority.ts";
import { type Handler, listen } from "./listen.ts";
import { renderConsent, renderLogin } from "./pages.ts";
import type { People } from "./people.ts";
import type { SecretRegister } from "./secrets.ts";

export interface McpTypeScriptOptions {
  readonly people: People;
  readonly secrets: SecretRegister;
  /** Serves TLS when given (HTTP/1.1: Express has no HTTP/2), plain HTTP otherwise. */
  readonly certificate?: ServerCertificate;
  readonly port?: number;
  /** Where clients reach it, when that is a load balancer in front of it. */
  readonly publicOrigin?: string;
  /** The SDK's own rate limits, which a test run soon reaches; off unless asked for. */
  readonly hasRateLimits?: boolean;
  /** Origins that the MCP endpoint takes requests from (none sent is always fine); unchecked when left out. */
  readonly allowedOrigins?: readonly string[];
  /** Refuses any request to the MCP endpoint with an Origin, before it looks for a token; notes what each carried. */
  readonly originsFirst?: (string | undefined)[];
  /** Stands for a gateway that rewrites what passes through it: changes `state` in each authorization response. */
  readonly rewriteState?: (state: string) => string;
}

export interface McpTypeScriptServer {
  readonly kind: "mcp-typescript-sdk";
  /** As its metadata says it: with a trailing slash. */
  readonly issuer: string;
  /** The MCP endpoint, which is the protected resource. */
  readonly resource: string;
  /** Where this process itself listens. */
  readonly origin: string;
  readonly provider: MemoryAuthorizationProvider;
  stop(): Promise<void>;
}

const scopes = ["mcp:tools", "mcp:resources"];

/** The MCP TypeScript SDK's authorization router and a streamable HTTP endpoint that requires its tokens. */
export async function startMcpTypeScript(options: McpTypeScriptOptions): Promise<McpTypeScriptServer> {
  const { people, secrets, certificate, port = 0, hasRateLimits = false, allowedOrigins, rewriteState } = options;
  // The issuer contains the port, so the port is taken first.
  const app = express();
  const handler: Handler = (request, response) => void app(request, response);
  const listener = await listen(
    certificate ? { protocol: "https", certificate, handler } : { protocol: "http", handler },
    port,
  );
  const issuer = new URL(options.publicOrigin ?? listener.origin);
  const resource = new URL("/mcp", issuer);
  const provider = new MemoryAuthorizationProvider(secrets, "/login");
  const limits = hasRateLimits ? {} : { rateLimit: false as const };
  app.use(
    mcpAuthRouter({
      provider,
      issuerUrl: issuer,
      resourceServerUrl: resource,
      scopesSupported: scopes,
      authorizationOptions: limits,
      tokenOptions: limits,
      clientRegistrationOptions: limits,
      revocationOptions: limits,
    }),
  );
  addInteraction(app, { provider, people, secrets, rewriteState });
  const { originsFirst } = options;
  if (originsFirst) {
    app.all("/mcp", (request, response, next) => {
      const { origin } = request.headers;
      originsFirst.push(origin);
      if (origin === undefined) next();
      else response.status(403).json(refusedOrigin(origin));
    });
  }
  const protect = requireBearerAuth({
    verifier: provider,
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
  });
  app.all("/mcp", protect, express.json(), (request, response) => answerMcp(request, response, allowedOrigins));
  return {
    kind: "mcp-typescript-sdk",
    issuer: issuer.href,
    resource: resource.href,
    origin: listener.origin,
    provider,
    stop: () => listener.close(),
  };
}

/** In the words of the SDK's own check. */
const refusedOrigin = (origin: string) => ({
  jsonrpc: "2.0",
  error: { code: -32000, message: `Invalid Origin header: ${origin}` },
  id: null,
});

/** Stateless: a server and a transport per request, as the SDK recommends for servers without sessions. */
async function answerMcp(
  request: Request,
  response: Response,
  allowedOrigins: readonly string[] | undefined,
): Promise<void> {
  const server = new McpServer({ name: "hopscope-lab", version: "1.0.0" });
  server.registerTool("greet", { description: "Says hello" }, () => ({ content: [{ type: "text", text: "Hello" }] }));
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: true,
    ...(allowedOrigins && { enableDnsRebindingProtection: true, allowedOrigins: [...allowedOrigins] }),
  });
  response.on("close", () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport as Parameters<typeof server.connect>[0]);
  await transport.handleRequest(request, response, request.body);
}

interface Interaction {
  readonly provider: MemoryAuthorizationProvider;
  readonly people: People;
  readonly secrets: SecretRegister;
  readonly rewriteState: ((state: string) => string) | undefined;
}

function addInteraction(app: Express, { provider, people, secrets, rewriteState }: Interaction): void {
  const form = express.urlencoded({ extended: false });
  const find = (request: Request, response: Response): [string, Transaction] | undefined => {
    const { transaction: id } = (request.method === "POST" ? request.body : request.query) as { transaction?: string };
    const transaction = id === undefined ? undefined : provider.transactions.get(id);
    if (id !== undefined && transaction) return [id, transaction];
    response.status(400).send("This sign-in has expired. Start again from your application.");
    return undefined;
  };
  const nameOf = ({ client }: Transaction): string => client.client_name ?? client.client_id;
  const loginPage = (id: string, transaction: Transaction, isRetry: boolean): string =>
    renderLogin({ action: "/login", fields: { transaction: id }, clientName: nameOf(transaction), isRetry });

  app.get("/login", (request, response) => {
    const found = find(request, response);
    if (found) response.send(loginPage(...found, false));
  });
  app.post("/login", form, (request, response) => {
    const found = find(request, response);
    if (!found) return;
    const [id, transaction] = found;
    const { login = "", password = "" } = request.body as { login?: string; password?: string };
    if (!people.accepts(login, password)) {
      response.status(401).send(loginPage(id, transaction, true));
      return;
    }
    transaction.isLoggedIn = true;
    response.redirect(303, `/consent?transaction=${id}`);
  });
  app.get("/consent", (request, response) => {
    const found = find(request, response);
    if (!found) return;
    const [id, transaction] = found;
    if (!transaction.isLoggedIn) {
      response.redirect(303, `/login?transaction=${id}`);
      return;
    }
    const { params } = transaction;
    response.send(
      renderConsent({
        action: "/consent",
        fields: { transaction: id },
        clientName: nameOf(transaction),
        scopes: params.scopes ?? [],
      }),
    );
  });
  app.post("/consent", form, (request, response) => {
    const found = find(request, response);
    if (!found) return;
    const [id, transaction] = found;
    const { decision } = request.body as { decision?: string };
    const target = new URL(transaction.params.redirectUri);
    if (decision === "allow" && transaction.isLoggedIn) {
      target.searchParams.set("code", provider.issueCode(id, transaction));
    } else {
      provider.transactions.delete(id);
      target.searchParams.set("error", "access_denied");
      target.searchParams.set("error_description", "The resource owner denied the request");
    }
    const { state } = transaction.params;
    if (state !== undefined) {
      const sent = rewriteState ? rewriteState(state) : state;
      secrets.add("state", sent);
      target.searchParams.set("state", sent);
    }
    response.redirect(302, target.href);
  });
}
