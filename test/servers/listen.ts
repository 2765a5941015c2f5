import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from "node:net";
import type { ServerCertificate } from "./certificate-authority.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type Serving =
  | { readonly protocol: "http"; readonly handler: Handler }
  | { readonly protocol: "https"; readonly certificate: ServerCertificate; readonly handler: Handler }
  /** TLS with HTTP/2, and HTTP/1.1 for clients that do not negotiate it. */
  | { readonly protocol: "h2"; readonly certificate: ServerCertificate; readonly handler: Handler };

export interface Listener {
  readonly port: number;
  /** Without a trailing slash. */
  readonly origin: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

function createFor(serving: Serving): Server {
  switch (serving.protocol) {
    case "http":
      return createServer(serving.handler);
    case "https":
      return createTlsServer(serving.certificate, serving.handler);
    case "h2":
      return createSecureServer(
        { ...serving.certificate, allowHTTP1: true },
        // Node's compatibility API: the same members, other classes.
        serving.handler as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void,
      );
  }
}

/** Listens on 127.0.0.1, on a free port unless told which. Throws what the system says when the port is taken. */
export async function listen(serving: Serving, port = 0): Promise<Listener> {
  const server = createFor(serving);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await listening(server, port);
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    origin: `${serving.protocol === "http" ? "http" : "https"}://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createSocketServer();
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
