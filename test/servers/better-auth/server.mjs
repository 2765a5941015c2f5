import { createServer } from "node:http";
import {
  oauthProvider,
  oauthProviderAuthServerMetadata,
  oauthProviderOpenIdConfigMetadata,
} from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getAuthTables } from "better-auth/db";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";

/** better-auth as an authorization server, all in memory, with the pages that its documentation leaves to the application. */

const page = (title, body, script) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1>${body}<p id="message" role="alert"></p><script>
const send = async (path, body) => {
  const response = await fetch("/api/auth" + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, oauth_query: location.search.slice(1) }),
  });
  const answer = await response.json();
  if (response.ok && answer.url) location.assign(answer.url);
  else document.getElementById("message").textContent = "Error: " + (answer.message ?? answer.error_description);
};
${script}</script>`;

const pages = {
  "/login": page(
    "Sign in",
    `<form><label>Username <input name="email" type="email" required></label>
<label>Password <input name="password" type="password" required></label><button>Continue</button></form>
<p>If you see the error “invalid_client”, ask the application to register again.</p>`,
    `document.forms[0].addEventListener("submit", (event) => {
  event.preventDefault();
  send("/sign-in/email", Object.fromEntries(new FormData(event.target)));
});`,
  ),
  "/consent": page(
    "Authorize access",
    `<p>The application asks for access to your account.</p>
<button value="true">Continue</button><button value="false">Deny</button>`,
    `for (const button of document.querySelectorAll("button"))
  button.addEventListener("click", () => send("/oauth2/consent", { accept: button.value === "true" }));`,
  ),
};

let answer = (_, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const origin = process.env.PUBLIC_ORIGIN ?? address;
  const tables = {};
  const options = {
    baseURL: origin,
    secret: crypto.randomUUID() + crypto.randomUUID(),
    database: memoryAdapter(tables),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    plugins: [
      jwt(),
      oauthProvider({
        loginPage: "/login",
        consentPage: "/consent",
        allowDynamicClientRegistration: true,
        allowUnauthenticatedClientRegistration: true,
      }),
    ],
  };
  for (const { modelName } of Object.values(getAuthTables(options))) tables[modelName] = [];
  const auth = betterAuth(options);
  const handle = toNodeHandler(auth);
  const documents = {
    "/.well-known/oauth-authorization-server/api/auth": oauthProviderAuthServerMetadata(auth),
    "/.well-known/openid-configuration/api/auth": oauthProviderOpenIdConfigMetadata(auth),
    "/api/auth/.well-known/openid-configuration": oauthProviderOpenIdConfigMetadata(auth),
  };
  answer = async (request, response) => {
    const { pathname } = new URL(request.url, origin);
    if (documents[pathname]) {
      const found = await documents[pathname](new Request(origin + request.url));
      response.writeHead(found.status, Object.fromEntries(found.headers)).end(await found.text());
    } else if (pathname.startsWith("/api/auth")) {
      await handle(request, response);
    } else if (pages[pathname]) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(pages[pathname]);
    } else {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not Found");
    }
  };
  console.log(`ready ${address}`);
});
