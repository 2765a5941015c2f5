import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const bodiless = new Set([101, 204, 205, 304]);

/**
 * `fetch` that also trusts the lab's certificate authority. Node's own takes further authorities only from the
 * environment at start. Follows no redirects.
 */
export function createTrustingFetch(authorityPem: string): Fetch {
  return async (input, init) => {
    const wanted = new Request(input, { ...init, redirect: "manual" });
    const body = Buffer.from(await wanted.arrayBuffer());
    const url = new URL(wanted.url);
    const headers = Object.fromEntries(wanted.headers);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method: wanted.method, headers };
      const sending =
        url.protocol === "https:"
          ? requestSecure(url, { ...options, ca: authorityPem }, resolve)
          : requestPlain(url, options, resolve);
      sending.once("error", reject);
      if (wanted.signal.aborted) sending.destroy(wanted.signal.reason as Error);
      wanted.signal.addEventListener("abort", () => sending.destroy(wanted.signal.reason as Error));
      sending.end(body);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const received = new Headers();
    for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
      received.append(answer.rawHeaders[at] ?? "", answer.rawHeaders[at + 1] ?? "");
    }
    const status = answer.statusCode ?? 500;
    const response = new Response(bodiless.has(status) ? null : Buffer.concat(chunks), { status, headers: received });
    // The constructor leaves the address empty, and clients compare it.
    Object.defineProperty(response, "url", { value: wanted.url });
    return response;
  };
}
