import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline, Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import zlib from "node:zlib";
import { readLimited } from "@/lib/discovery/read-limited.ts";
import type { DiscoveryAnswer, DiscoveryRequest, Send } from "@/lib/discovery/run.ts";

/** Refuses while resolving, so that not even a connection goes to an address that must not be asked. */
const lookupFor =
  (acceptsAddress: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const allowed = addresses.filter(({ address }) => acceptsAddress(address));
      const [first] = allowed;
      if (first === undefined) return done(new Error("refused:private-address"), []);
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };

function decoderOf(encoding: string | undefined): zlib.Gunzip | zlib.BrotliDecompress | zlib.Inflate | undefined {
  switch (encoding?.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip();
    case "br":
      return zlib.createBrotliDecompress();
    case "deflate":
      return zlib.createInflate();
    default:
      return undefined;
  }
}

function bodyOf(response: http.IncomingMessage): ReadableStream<Uint8Array> {
  const decoder = decoderOf(response.headers["content-encoding"]);
  // Errors reach the reader through the stream itself.
  const plain = decoder === undefined ? response : pipeline(response, decoder, () => undefined);
  return Readable.toWeb(plain) as ReadableStream<Uint8Array>;
}

const headersOf = ({ rawHeaders }: http.IncomingMessage) =>
  rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: rawHeaders[index + 1] ?? "" }] : []));

function redirectOf(response: http.IncomingMessage, url: string): { readonly redirectUrl?: string } {
  const { location } = response.headers;
  return location !== undefined && URL.canParse(location, url) ? { redirectUrl: new URL(location, url).href } : {};
}

function failureOf(error: unknown): DiscoveryAnswer {
  if (!(error instanceof Error)) return { kind: "failed", error: "no-answer" };
  if (error.name === "AbortError" || error.name === "TimeoutError") return { kind: "failed", error: "timeout" };
  const { code } = error as NodeJS.ErrnoException;
  return { kind: "failed", error: error.message.startsWith("refused:") ? error.message : (code ?? error.name) };
}

function open(request: DiscoveryRequest, authority: string | undefined): Promise<http.IncomingMessage> {
  const { hostname, protocol } = new URL(request.url);
  const literal = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const { request: send } = protocol === "https:" ? https : http;
    const sent = send(
      request.url,
      {
        method: request.method,
        headers: {
          "user-agent": "hopscope",
          "accept-encoding": "gzip, deflate, br",
          ...Object.fromEntries(request.headers.map(({ name, value }) => [name, value])),
          ...(request.body && { "content-type": request.body.mimeType }),
        },
        // One connection per request: a kept one could lead back to an address that was never looked up.
        agent: false,
        lookup: lookupFor(request.acceptsAddress),
        ...(authority !== undefined && { ca: [...rootCertificates, authority] }),
        signal: AbortSignal.timeout(request.timeoutMs),
      },
      (response) => {
        response.on("error", () => undefined);
        resolve(response);
      },
    );
    sent.on("error", reject);
    // An address literal is never looked up.
    sent.on("socket", (socket) =>
      socket.once("connect", () => {
        if (!request.acceptsAddress(socket.remoteAddress ?? literal))
          sent.destroy(new Error("refused:private-address"));
      }),
    );
    sent.end(request.body?.text);
  });
}

/**
 * Sends metadata requests from the terminal; never rejects, ends within the request's time limit. `authority` is a
 * certificate authority (PEM) to trust besides the usual ones.
 */
export function createSend(authority?: string): Send {
  return async (request) => {
    try {
      const response = await open(request, authority);
      const { remoteAddress } = response.socket;
      const mimeType = response.headers["content-type"] ?? "";
      const read = await readLimited(bodyOf(response), mimeType, request.maxBytes);
      response.destroy();
      return {
        kind: "answered",
        status: response.statusCode ?? 0,
        headers: headersOf(response),
        ...redirectOf(response, request.url),
        ...read,
        ...(remoteAddress !== undefined && { address: remoteAddress }),
      };
    } catch (error) {
      return failureOf(error);
    }
  };
}
