import type { ServerCertificate } from "./certificate-authority.ts";
import type { Child } from "./child-process.ts";
import { startRoutingProxy } from "./routing-proxy.ts";

export interface Fronted {
  /** What clients see: the server's own address, or that of the gateway which ends TLS in front of it. */
  readonly origin: string;
  log(): string;
  stop(): Promise<void>;
}

/** Starts a server that cannot end TLS itself, behind a gateway when there is a certificate, and tells it its public origin. */
export async function startBehindTls(
  certificate: ServerCertificate | undefined,
  start: (publicOrigin?: string) => Promise<Child>,
): Promise<Fronted> {
  if (!certificate) {
    const child = await start();
    return { origin: child.announced, log: () => child.log(), stop: () => child.stop() };
  }
  const proxy = await startRoutingProxy("round-robin", certificate);
  const child = await start(proxy.origin).catch(async (error: unknown) => {
    await proxy.close();
    throw error;
  });
  proxy.route([child.announced]);
  return {
    origin: proxy.origin,
    log: () => child.log(),
    async stop() {
      await proxy.close();
      await child.stop();
    },
  };
}
