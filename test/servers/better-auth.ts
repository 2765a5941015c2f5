import { startBehindTls } from "./behind-tls.ts";
import type { ServerCertificate } from "./certificate-authority.ts";
import { startChild } from "./child-process.ts";
import { findBetterAuth } from "./installed.ts";
import type { Person } from "./people.ts";

export interface BetterAuthServer {
  readonly issuer: string;
  log(): string;
  /** Opens an account, through the product's own sign-up. */
  addPerson(person: Person): Promise<void>;
  stop(): Promise<void>;
}

/** better-auth with its OAuth provider plugin, registration open, all in memory. Throws what to install when missing. */
export async function startBetterAuth({
  certificate,
}: {
  /** Of a gateway in front of it that ends TLS. */
  readonly certificate?: ServerCertificate;
} = {}): Promise<BetterAuthServer> {
  const { origin, log, stop } = await startBehindTls(certificate, (publicOrigin) =>
    startChild({
      name: "better-auth",
      command: process.execPath,
      args: ["server.mjs"],
      cwd: findBetterAuth(),
      env: publicOrigin === undefined ? {} : { PUBLIC_ORIGIN: publicOrigin },
      ready: /^ready (\S+)$/,
    }),
  );
  const issuer = `${origin}/api/auth`;
  return {
    issuer,
    log,
    async addPerson({ username, password }) {
      const response = await fetch(`${issuer}/sign-up/email`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: new URL(issuer).origin },
        body: JSON.stringify({ name: "A person of the lab", email: username, password }),
      });
      if (!response.ok) throw new Error(`sign-up failed: ${response.status} ${await response.text()}`);
    },
    stop,
  };
}
