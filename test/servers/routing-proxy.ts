import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import type { ServerCertificate } from "./certificate-authority.ts";
import { type Listener, listen } from "./listen.ts";

/** How a load balancer picks an instance. `sticky` keeps one per connection, `cookie` one per browser. */
export type Routing = "round-robin" | "random" | "sticky" | "cookie";

export interface RoutedRequest {
  readonly method: string;
  readonly path: string;
  readonly origin?: string;
  /** The connection it came on; the client's port. */
  readonly connection: number;
  /** The instance that it was passed to, from 0; none when none was running. */
  readonly instance?: number;
  readonly hasCookie: boolean;
}

export interface RoutingProxy extends Listener {
  /** Every request that came through, in order. */
  readonly requests: readonly RoutedRequest[];
  /** Origins of the instances, and how one is picked; both may be replaced while it runs. */
  route(instances: readonly string[], how?: Routing): void;
}

const affinity = "lab-instance";

/** A load balancer in front of several instances, with TLS and HTTP/2 when it has a certificate; names the one that answered in `x-lab-instance` (from 0). */
export async function startRoutingProxy(initial: Routing, certificate?: ServerCertificate): Promise<RoutingProxy> {
  let routing = initial;
  let instances: readonly string[] = [];
  let next = 0;
  const requests: RoutedRequest[] = [];
  const byConnection = new Map<number, number>();

  const turn = (): number => next++ % instances.length;
  function choose(request: IncomingMessage): number {
    switch (routing) {
      case "round-robin":
        return turn();
      case "random":
        return Math.floor(Math.random() * instances.length);
      case "sticky": {
        const connection = request.socket.remotePort ?? 0;
        const chosen = byConnection.get(connection) ?? turn();
        byConnection.set(connection, chosen);
        return chosen;
      }
      case "cookie": {
        const known = new RegExp(`(?:^|; )${affinity}=(\\d+)`).exec(request.headers.cookie ?? "")?.[1];
        const chosen = known === undefined ? turn() : Number(known);
        return chosen < instances.length ? chosen : turn();
      }
    }
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const { method = "", url = "", headers } = request;
    const chosen = instances.length === 0 ? undefined : choose(request);
    requests.push({
      method,
      path: url,
      connection: request.socket.remotePort ?? 0,
      hasCookie: headers.cookie !== undefined,
      ...(headers.origin !== undefined && { origin: headers.origin }),
      ...(chosen !== undefined && { instance: chosen }),
    });
    if (chosen === undefined) {
      response.writeHead(503, { "content-type": "text/plain" }).end("no instance is running");
      return;
    }
    const instance = new URL(instances[chosen] ?? "");
    const passed = requestHttp(
      {
        host: instance.hostname,
        port: instance.port,
        method: request.method,
        path: request.url,
        headers: withoutPseudo(request.headers),
      },
      (answer) => {
        const passedOn = certificate ? withoutConnection(answer.headers) : answer.headers;
        const cookie = routing === "cookie" ? [`${affinity}=${chosen}; Path=/; HttpOnly; SameSite=Lax`] : [];
        const cookies = [...(passedOn["set-cookie"] ?? []), ...cookie];
        response.writeHead(answer.statusCode ?? 502, {
          ...passedOn,
          "x-lab-instance": String(chosen),
          ...(cookies.length > 0 && { "set-cookie": cookies }),
        });
        answer.pipe(response);
      },
    );
    passed.once("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "content-type": "text/plain" }).end("bad gateway");
    });
    request.pipe(passed);
  }

  const listener = await listen(
    certificate ? { protocol: "h2", certificate, handler: pass } : { protocol: "http", handler: pass },
  );
  return {
    ...listener,
    requests,
    route(origins, how = routing) {
      instances = origins;
      byConnection.clear();
      routing = how;
      next = 0;
    },
  };
}

/** RFC 9113 §8.3: `:authority` and its kin are HTTP/2's own. */
const withoutPseudo = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => ({
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":"))),
  host: headers.host ?? String(headers[":authority"]),
});

/** RFC 9113 §8.2.2: not allowed in HTTP/2. */
const withoutConnection = ({
  connection: _,
  "transfer-encoding": __,
  "keep-alive": ___,
  ...others
}: IncomingHttpHeaders) => others;
