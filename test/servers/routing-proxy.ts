import { type IncomingMessage, request as requestHttp, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
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

/** A load balancer in front of several instances; names the one that answered in `x-lab-instance` (from 0). */
export async function startRoutingProxy(initial: Routing): Promise<RoutingProxy> {
  let routing = initial;
  let instances: readonly string[] = [];
  let next = 0;
  const requests: RoutedRequest[] = [];
  const bySocket = new WeakMap<Socket, number>();

  const turn = (): number => next++ % instances.length;
  function choose(request: IncomingMessage): number {
    switch (routing) {
      case "round-robin":
        return turn();
      case "random":
        return Math.floor(Math.random() * instances.length);
      case "sticky": {
        const chosen = bySocket.get(request.socket) ?? turn();
        bySocket.set(request.socket, chosen);
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
        headers: request.headers,
      },
      (answer) => {
        const headers: string[] = [...answer.rawHeaders, "x-lab-instance", String(chosen)];
        if (routing === "cookie") headers.push("set-cookie", `${affinity}=${chosen}; Path=/; HttpOnly; SameSite=Lax`);
        response.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(response);
      },
    );
    passed.once("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "content-type": "text/plain" }).end("bad gateway");
    });
    request.pipe(passed);
  }

  const listener = await listen({ protocol: "http", handler: pass });
  return {
    ...listener,
    requests,
    route(origins, how = routing) {
      instances = origins;
      routing = how;
      next = 0;
    },
  };
}
