import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "../servers/listen.ts";

/** Called where a test may interfere: the name of the point, such as `/login asked` or `/login half sent`. */
export type Hold = (point: string) => Promise<void>;

export interface HeldServer {
  readonly origin: string;
  stop(): Promise<void>;
}

export type Answer =
  | { readonly redirect: string }
  | {
      readonly status?: number;
      readonly html: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly script: string };

/**
 * An HTTP server that stops at every point at which nothing happens in the browser until it goes on: with the request in hand,
 * and with half of a page sent. Redirects and scripts are answered whole.
 */
export async function startHeldServer(
  answer: (url: URL, body: URLSearchParams, origin: string) => Answer | undefined,
  hold: Hold,
): Promise<HeldServer> {
  const server = await listen({
    protocol: "http",
    handler: (request, response) => void reply(request, response).catch(() => response.destroy()),
  });

  async function reply(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", server.origin);
    let body = "";
    for await (const chunk of request) body += chunk;
    const given = answer(url, new URLSearchParams(body), server.origin);
    if (!given) {
      response.writeHead(404).end();
      return;
    }
    await hold(`${url.pathname} asked`);
    if ("redirect" in given) {
      response.writeHead(302, { location: given.redirect }).end();
      return;
    }
    if ("script" in given) {
      response.writeHead(200, { "content-type": "text/javascript" }).end(given.script);
      return;
    }
    response.writeHead(given.status ?? 200, { "content-type": "text/html; charset=utf-8", ...given.headers });
    response.write("<!doctype html><html><head><title>Test</title></head>");
    await hold(`${url.pathname} half sent`);
    response.end(`<body>${given.html}</body></html>`);
  }

  return { origin: server.origin, stop: () => server.close() };
}
