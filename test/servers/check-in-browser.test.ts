import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { passCheck, stepsOf, ways } from "../e2e/checking.ts";
import { type BetterAuthServer, startBetterAuth } from "./better-auth.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { decide, logIn, passThroughFastMcp } from "./interaction.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

// The whole identity step in the inspector of the built extension; the other two servers are in the lane of screens.
const secrets = new SecretRegister();
const people = new People(secrets);
let fastMcp: FastMcpCluster;
let betterAuth: BetterAuthServer;
let browser: ExtensionBrowser;

beforeAll(async () => {
  fastMcp = await startFastMcpCluster({ people, secrets, instances: 2, routing: "round-robin", store: "shared" });
  betterAuth = await startBetterAuth();
  browser = await launch({ extension: inject("extension"), grant: "all", asksServers: true });
}, 300_000);
afterEach(() => browser.context.clearCookies());
afterAll(async () => {
  await browser?.close();
  await Promise.all([fastMcp?.stop(), betterAuth?.stop()]);
});

const everyStep = {
  discovery: "done",
  endpoints: "done",
  client: "done",
  authorization: "done",
  token: "done",
  refresh: "done",
  resource: "done",
  cleanup: "done",
};

it.each(ways)("two FastMCP processes that share everything, to the MCP request and the refresh: %s", async (way) => {
  const signIn = (login: Parameters<typeof passThroughFastMcp>[0]) => passThroughFastMcp(login, people.add());
  const check = await passCheck(browser, { url: fastMcp.resource, way, signIn });
  expect(await stepsOf(check)).toEqual(everyStep);
  await check.getByText(`${fastMcp.resource} answered 200`).waitFor();
  await check.close();
});

const own = { redirectUri: "com.example.hopscope:/callback" };
it.each([
  [ways[0], ways[0]],
  [ways[1], ways[1]],
  // Its consent page is left by a script, so there is no redirect to see.
  ["the scheme of an app, gone to by a script", own],
])("better-auth, to the userinfo endpoint and the refresh: %s", async (_, way) => {
  const person = people.add();
  await betterAuth.addPerson(person);
  const check = await passCheck(browser, {
    url: betterAuth.issuer,
    scope: "openid offline_access",
    way,
    async signIn(login) {
      await logIn(login, person);
      await decide(login, "Continue");
    },
  });
  expect(await stepsOf(check)).toEqual(everyStep);
  await check.getByText(/userinfo answered 200$/).waitFor();
  await check.close();
});
