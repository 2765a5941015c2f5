import { describe, expect, test } from "vitest";
import type { DiscoveryAnswer, DiscoveryRequest, Send } from "@/lib/discovery/ask.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { type ConnectionInput, runConnection, type Step } from "@/lib/probes/connection.ts";
import { announceConnection } from "@/lib/probes/connection-plan.ts";
import { redactAll } from "../discovery/web.ts";
import { randomText, seeded } from "./cluster.ts";

const origin = "https://auth.example";
const secrets = ["s3cr3t-of-the-registration-xyz", "management-token-of-the-registration", "hunter2"];

const answered = { kind: "answered", status: 200, headers: [], address: "93.184.215.14" } as const;
const json = (status: number, value: unknown): DiscoveryAnswer => ({
  ...answered,
  status,
  headers: [{ name: "content-type", value: "application/json" }],
  body: { mimeType: "application/json", text: JSON.stringify(value) },
});

interface Behaviour {
  readonly registration?: DiscoveryAnswer;
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly token?: DiscoveryAnswer;
}

/** A healthy authorization server but for what is told. */
function serverWith({ registration, endpoints, token }: Behaviour = {}) {
  const asked: DiscoveryRequest[] = [];
  const send: Send = async (request) => {
    asked.push(request);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/.well-known/oauth-authorization-server")) {
      return json(200, {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        revocation_endpoint: `${origin}/revoke`,
        userinfo_endpoint: `${origin}/userinfo`,
        ...endpoints,
      });
    }
    if (request.method === "POST" && pathname === "/register")
      return registration ?? json(201, { client_id: "made-by-the-check" });
    if (request.method === "POST" && pathname === "/token")
      return token ?? json(200, { access_token: "a".repeat(43), token_type: "bearer", refresh_token: "r".repeat(43) });
    if (pathname === "/userinfo" || pathname === "/revoke") return answered;
    return { ...answered, status: pathname.startsWith("/.well-known") ? 404 : 405 };
  };
  return { asked, send };
}

async function check(behaviour: Behaviour, changed: Partial<Parameters<typeof runConnection>[1]> = {}) {
  const { asked, send } = serverWith(behaviour);
  const steps: Step[] = [];
  const raw: RawObservation[] = [];
  const random = randomText(seeded(3));
  const input: ConnectionInput = {
    url: origin,
    client: { kind: "register" },
    redirectUri: "com.example.app:/callback",
  };
  const result = await runConnection(input, {
    send,
    now: () => 1_000,
    run: "1",
    random,
    record: (observation) => raw.push(observation),
    authorize: async (url) => {
      const state = new URL(url).searchParams.get("state");
      return `com.example.app:/callback?code=${"c".repeat(43)}&state=${state}`;
    },
    mayWrite: async () => true,
    onStep: (step) => steps.push(step),
    isCancelled: () => false,
    ...changed,
  });
  return { result, steps, raw, asked, failed: steps.find(({ state }) => state === "failed") };
}

test("sends no more than was announced, to an app's own scheme as well", async () => {
  const { result, asked } = await check({});
  expect(result.isConnected).toBe(true);
  expect(asked.length).toBeLessThan(announceConnection("register").total);
});

test("a document that names hundreds of endpoints has a dozen of them asked", async () => {
  const endpoints = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x${i}_endpoint`, `${origin}/x${i}`]));
  const { asked, steps } = await check({ endpoints });
  expect(asked.length).toBeLessThan(announceConnection("register").total);
  expect(steps.find(({ id, state }) => id === "endpoints" && state === "done")?.says).toContain("more were not asked");
});

describe("a registration", () => {
  const made = {
    client_id: "made-by-the-check",
    client_secret: secrets[0],
    client_secret_expires_at: 0,
    registration_access_token: secrets[1],
    internal: { password: secrets[2] },
    debug: `the password is ${secrets[2]}`,
  };

  test.each([
    ["on another origin", "https://evil.example/clients/1", /evil\.example, where nothing is sent/],
    ["on another port", "https://auth.example:8443/clients/1", /auth\.example:8443, where nothing is sent/],
    ["over http", "http://auth.example/clients/1", /auth\.example, where nothing is sent/],
    ["nowhere that can be read", "not a URL", /offers no way to delete it/],
  ])("to be deleted %s is left behind, and its token goes nowhere", async (_, url, says) => {
    const { result, asked } = await check({ registration: json(201, { ...made, registration_client_uri: url }) });
    expect(result.leftBehind.join()).toMatch(says);
    expect(asked.map((request) => new URL(request.url).origin).filter((one) => one !== origin)).toEqual([]);
    const headers = asked.flatMap((request) => request.headers.map(({ value }) => value));
    expect(headers.filter((value) => value.includes(secrets[1] ?? ""))).toEqual([]);
  });

  test("has its secrets in no step and in nothing that is stored", async () => {
    const { steps, raw } = await check({ registration: json(201, made) });
    const kept = JSON.stringify([steps, redactAll(raw)]);
    expect(kept).toContain("made-by-the-check");
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });

  test("that is none ends the run", async () => {
    for (const registration of [json(200, []), json(201, { client_id: 7 }), { ...answered, status: 201 }]) {
      const { failed, result } = await check({ registration });
      expect(failed?.id).toBe("client");
      expect(result).toEqual({ isConnected: false, leftBehind: [] });
    }
  });
});

test("a server that quotes what it was sent has it quoted to nobody", async () => {
  const code = "c".repeat(43);
  const description = `The code ${code} is not that of a-client. ${"Read the manual. ".repeat(2_000)}`;
  const { failed } = await check({ token: json(400, { error: "invalid_grant", error_description: description }) });
  expect(failed?.says).toContain("invalid_grant: The code … is not that of");
  expect(failed?.says.length).toBeLessThanOrEqual(400);
});

describe("a server that asks for fewer requests", () => {
  test("gets none any more, clean-up included", async () => {
    const { failed, asked, result } = await check({ token: { ...answered, status: 429 } });
    expect(failed).toMatchObject({ id: "token" });
    const after = asked.slice(asked.findIndex(({ url, method }) => method === "POST" && url.endsWith("/token")) + 1);
    expect(after).toEqual([]);
    expect(result.leftBehind.join()).toContain("made-by-the-check is still on the server");
  });

  test("during discovery is said to have done so", async () => {
    const limited: Send = async () => ({ ...answered, status: 429 });
    const { failed } = await check({}, { send: limited });
    expect(failed).toMatchObject({ id: "discovery", says: expect.stringContaining("asked for fewer requests (429)") });
  });
});

test("cancelling stops the questions at once, and the clean-up not", async () => {
  let isCancelled = false;
  const registration = json(201, {
    client_id: "made-by-the-check",
    registration_access_token: secrets[1],
    registration_client_uri: `${origin}/clients/1`,
  });
  const { asked, result } = await check(
    { registration },
    {
      isCancelled: () => isCancelled,
      authorize: async () => {
        isCancelled = true;
        return undefined;
      },
    },
  );
  expect(asked.at(-1)).toMatchObject({ method: "DELETE", url: `${origin}/clients/1` });
  expect(asked.filter(({ url, method }) => method === "POST" && url.endsWith("/token"))).toEqual([]);
  expect(result.isConnected).toBe(false);
});
