import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findRemedy, findServer, matchMessages, recogniseServer, servers } from "@/lib/servers/index.ts";

const files = readdirSync(new URL("../../lib/servers/data", import.meta.url))
  .filter((name) => name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

test("every data file stands in the index, under its own name, in order", () => {
  const ids = servers.map(({ id }) => id);
  const unlisted = files.filter((name) => !ids.includes(name));
  expect(unlisted, "files without an entry of this id in lib/servers/data/index.ts").toEqual([]);
  const nameless = ids.filter((id) => !files.includes(id));
  expect(nameless, "ids that are not the name of their file").toEqual([]);
  expect(ids, "the order of the ids in lib/servers/data/index.ts").toEqual(files);
});

describe.each(servers)("$id", (server) => {
  test("can be recognised by one strong sign or several weak ones", () => {
    const weight = server.fingerprints.reduce((sum, print) => sum + print.weight, 0);
    expect(weight, "sum of the weights of its fingerprints").toBeGreaterThanOrEqual(0.8);
    const odd = server.fingerprints.filter((print) => print.weight <= 0 || print.weight > 1);
    expect(odd, "fingerprints whose weight is not above 0 and at most 1").toEqual([]);
  });

  test("each of its messages is found in a page that shows it", () => {
    for (const { where, text, means } of server.messages) {
      const shown = `Something happened.\n${text.replace(/\{[^{}]*\}/g, "4f9a-11")}\nPlease try again later.`;
      const found = matchMessages(shown, { where }).filter((match) => match.server === server.id);
      expect(
        found.some((match) => means.every((cause) => match.means.includes(cause))),
        `found in a page that shows it: ${text}`,
      ).toBe(true);
    }
  });

  test("no message is listed twice for one place", () => {
    const keys = server.messages.map(({ where, text }) => `${where} ${text.toLowerCase()}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("its remedies name a cause once and have steps", () => {
    const causes = server.remedies.map((remedy) => remedy.for);
    expect(new Set(causes).size).toBe(causes.length);
    for (const { for: cause, steps } of server.remedies) {
      expect(steps.length, `steps of the remedy for ${cause}`).toBeGreaterThan(0);
      for (const step of steps) expect(step.do.length, `words of a step for ${cause}`).toBeGreaterThan(10);
    }
  });
});

test.each(["unknown-client", "client-known-to-some-instances", "client-store-key-differs", "client-registration-lost"])(
  "FastMCP's remedy for %s gives both halves: a shared encrypted store and a stable signing key",
  (cause) => {
    const code =
      findRemedy("fastmcp-python", cause)
        ?.steps.map((step) => step.code?.text ?? "")
        .join("\n") ?? "";
    expect(code).toContain("client_storage=FernetEncryptionWrapper(");
    expect(code).toContain("RedisStore(");
    expect(code).toContain("jwt_signing_key=");
  },
);

describe("recogniseServer", () => {
  test.each([
    ["keycloak", { paths: ["/realms/main/protocol/openid-connect/auth"] }],
    ["google", { hosts: ["accounts.google.com"] }],
    ["auth0", { hosts: ["tenant.eu.auth0.com:443"] }],
    [
      "fastmcp-python",
      { headers: [{ name: "Link", value: '</register>; rel="http://oauth.net/core/2.1/#registration"' }] },
    ],
    [
      "keycloak",
      { metadata: { registration_endpoint: "https://a.example/realms/x/clients-registrations/openid-connect" } },
    ],
    ["gitea-forgejo", { paths: ["/login/oauth/authorize"], cookies: ["i_like_gitea"] }],
    ["ory-hydra", { pages: ["ory-hydra"] }],
  ] as const)("%s", (id, signals) => {
    expect(recogniseServer(signals)).toEqual({ id, name: findServer(id)?.name });
  });

  test.each([
    [{}],
    [{ hosts: ["notgithub.com"] }],
    [{ hosts: ["accounts.google.com.attacker.example"] }],
    [{ paths: ["/oauth/authorize"] }],
    [{ headers: [{ name: "server", value: "uvicorn" }] }],
    [{ metadata: { registration_endpoint: 7, __proto__: null } }],
    [{ pages: ["keycloak", "google"] }],
  ])("nothing in %o", (signals) => {
    expect(recogniseServer(signals)).toBeUndefined();
  });
});
