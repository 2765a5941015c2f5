import { interactionPolicy } from "oidc-provider";
import type { Page } from "playwright-core";
import { startBetterAuth } from "../../test/servers/better-auth.ts";
import { startFastMcp, startFastMcpCluster } from "../../test/servers/fastmcp.ts";
import { decide, logIn } from "../../test/servers/interaction.ts";
import type { Lab } from "../../test/servers/lab.ts";
import { startMcpPython } from "../../test/servers/mcp-python-sdk.ts";
import { startOidcProvider } from "../../test/servers/oidc-provider.ts";
import type { Person } from "../../test/servers/people.ts";
import { sessions, silent } from "./sessions.ts";
import { asking, type Bench, people as everyday, redirecting } from "./visits.ts";

const requests = [
  asking("nonce", { nonce: "n-0S6_WzA2MjkQx8Yz1b2C3d4E5" }),
  asking("login-hint", { login_hint: "someone@lab.example", ui_locales: "de fr-CA" }),
  asking("unknown-parameters", { audience: "https://api.example", utm_source: "error_page", error_hint: "invalid" }),
  asking("least-scope", { scope: "openid" }),
];

const modes = [
  asking("form-post", { response_mode: "form_post" }),
  asking("fragment", { response_mode: "fragment" }),
  asking("query", { response_mode: "query" }),
  asking("prompt-login", { prompt: "login" }),
  asking("prompt-consent", { prompt: "consent" }),
  asking("offline", { prompt: "consent" }, { scope: "openid offline_access" }),
];

async function logInWrongly(page: Page, person: Person): Promise<void> {
  await logIn(page, { ...person, password: "not-this-one" });
  await page.getByRole("alert").filter({ hasText: "rror" }).waitFor();
}

async function allow(page: Page, person: Person): Promise<void> {
  await logIn(page, person);
  await decide(page, "Continue");
}

/** The Python servers ask for a password only, and take any. */
const python = {
  pass: logIn,
  async mistype(page: Page, person: Person) {
    await logIn(page, { ...person, password: "" });
    await page.getByText("Error: the password is missing.").waitFor();
  },
};

/** Real servers, each started when its turn comes. */
export function benchesOf(lab: Lab): Record<string, () => Promise<Bench>> {
  const { people, secrets, fetch } = lab;
  const newPerson = async () => people.add();
  const ask = { secrets, metadata: "oauth2" as const, scope: "mcp:tools" };
  const common = { fetch, newPerson, pass: allow, mistype: logInWrongly };
  return {
    "oidc-provider": async () => ({
      ...common,
      name: "oidc-provider",
      client: { secrets, metadata: "oidc", issuer: lab.oidcProvider.issuer, scope: "openid profile" },
      recipes: [...everyday, ...redirecting, ...requests, ...modes],
      stop: async () => {},
    }),
    "oidc-provider-sessions": async () => {
      const policy = interactionPolicy.base();
      // The product asks native clients anew each time; a page that renews its session is none.
      policy.get("consent")?.checks.remove("native_client_prompt");
      const server = await startOidcProvider({
        people,
        secrets,
        configuration: { interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` } },
      });
      return {
        ...common,
        name: "oidc-provider-sessions",
        client: { secrets, metadata: "oidc", issuer: server.issuer, scope: "openid profile" },
        recipes: [...sessions, ...silent],
        stop: server.stop,
      };
    },
    "mcp-typescript-sdk": async () => ({
      ...common,
      name: "mcp-typescript-sdk",
      client: { ...ask, issuer: lab.mcpTypeScript.issuer, resource: lab.mcpTypeScript.resource },
      recipes: [...everyday, ...redirecting, ...requests.slice(1, 3)],
      stop: async () => {},
    }),
    "mcp-python-sdk": async () => {
      const server = await startMcpPython();
      return {
        ...common,
        ...python,
        name: "mcp-python-sdk",
        client: { secrets, metadata: "oauth2", issuer: server.issuer, resource: server.resource },
        recipes: [...everyday, ...redirecting, ...requests.slice(1, 3)],
        stop: server.stop,
      };
    },
    "fastmcp-memory": async () => {
      const server = await startFastMcp({ path: "/api" });
      return {
        ...common,
        ...python,
        name: "fastmcp-memory",
        client: { secrets, metadata: "oauth2", issuer: server.issuer, resource: server.resource },
        recipes: [...everyday, ...redirecting, ...requests.slice(1, 3)],
        stop: server.stop,
      };
    },
    "fastmcp-oidc-proxy": async () => {
      const cluster = await startFastMcpCluster({
        people,
        secrets,
        instances: 1,
        routing: "round-robin",
        store: "memory",
      });
      const enter = async (page: Page): Promise<void> => {
        const consent = page.getByRole("button", { name: "Allow Access" });
        await consent.or(page.getByLabel("Username")).first().waitFor();
        if (await consent.isVisible()) await consent.click();
      };
      return {
        ...common,
        name: "fastmcp-oidc-proxy",
        client: { secrets, metadata: "oauth2", issuer: cluster.issuer, resource: cluster.resource, scope: "openid" },
        async pass(page, person) {
          await enter(page);
          await allow(page, person);
        },
        async mistype(page, person) {
          await enter(page);
          await logInWrongly(page, person);
        },
        recipes: [...everyday, ...redirecting, ...requests.slice(1, 3)],
        stop: cluster.stop,
      };
    },
    "better-auth": async () => {
      const server = await startBetterAuth();
      return {
        ...common,
        name: "better-auth",
        client: { secrets, metadata: "oidc", issuer: server.issuer, scope: "openid offline_access" },
        async newPerson() {
          const person = people.add();
          await server.addPerson(person);
          return person;
        },
        async pass(page, person) {
          const denies = page.getByRole("button", { name: "Deny" });
          await denies.or(page.getByLabel("Username")).first().waitFor();
          if (!(await denies.isVisible())) await logIn(page, person);
          await decide(page, "Continue");
        },
        recipes: [...everyday, ...redirecting, ...requests.slice(0, 3)],
        stop: server.stop,
      };
    },
  };
}
