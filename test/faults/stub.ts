import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { type Answer, type Hold, startHeldServer } from "./held-server.ts";

export type StubPages = Readonly<Record<string, Answer>>;

/** One origin that plays the authorization server and the client. */
export interface Stub {
  readonly origin: string;
  readonly host: string;
  readonly redirectUri: string;
  readonly state: string;
  /** Paths in the order in which they were asked for. */
  readonly asked: readonly string[];
  /** URL of the authorization request. */
  request(): string;
  /** URL of a response to it. */
  response(): string;
  /** What a response looks like when it is signed. */
  jwt(): string;
  wasAsked(path: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startStub(
  pages: (stub: Stub) => StubPages,
  redirectUri: (stub: Stub) => string | Promise<string> = ({ origin }) => `${origin}/callback`,
  hold: Hold = async () => undefined,
): Promise<Stub> {
  const asked: string[] = [];
  const server = await startHeldServer(({ pathname }) => {
    asked.push(pathname);
    return pages(stub)[pathname];
  }, hold);
  const random = () => randomBytes(24).toString("base64url");
  const [state, code] = [random(), random()];
  const query = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString();
  const base: Stub = {
    origin: server.origin,
    host: new URL(server.origin).host,
    redirectUri: "",
    state,
    asked,
    request: () =>
      `${server.origin}/authorize?${query({
        response_type: "code",
        client_id: "client",
        redirect_uri: stub.redirectUri,
        state,
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method: "S256",
      })}`,
    response: () => `${stub.redirectUri}?${query({ code, state })}`,
    jwt: () =>
      [{ alg: "RS256" }, { iss: server.origin, aud: "client", code, state }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
        .concat(random().repeat(4))
        .join("."),
    wasAsked: (path) => expect.poll(() => asked.includes(path), { timeout: 10_000 }).toBe(true),
    stop: () => server.stop(),
  };
  const stub: Stub = { ...base, redirectUri: await redirectUri(base) };
  return stub;
}
