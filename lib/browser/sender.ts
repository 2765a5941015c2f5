import { type Browser, browser } from "wxt/browser";
import { readLimited } from "@/lib/discovery/read-limited.ts";
import type { DiscoveryAnswer, DiscoveryRequest, Send } from "@/lib/discovery/run.ts";
import { readAccessTo } from "./permissions.ts";

/** What webRequest tells of one of our own requests and `fetch` does not: the address, and where a redirect points. */
interface Seen {
  status?: number;
  headers?: { readonly name: string; readonly value: string }[];
  redirectUrl?: string;
  address?: string;
  /** The browser's own code when there was no answer. */
  error?: string;
}

/** The events of a request arrive within milliseconds of its answer; without them the address stays unknown. */
const eventsArriveWithin = 1_000;

export interface Sender {
  readonly send: Send;
  /** Adds the listeners again: Chromium ignores hosts granted after a listener was added. */
  restart(): void;
}

/**
 * Sends our own requests. In the worker (`tabId` -1, the default) call it once at top level, so that its listeners are registered
 * synchronously; a page passes the id of its own tab. Events of any other tab are never dispatched to it: a listener on all
 * requests of all pages would cost every page on the way (mv3-capture, overhead).
 */
export function startSender(tabId: number = browser.tabs.TAB_ID_NONE): Sender {
  const filter: Browser.webRequest.RequestFilter = { urls: ["*://*/*"], types: ["xmlhttprequest"], tabId };
  const own = browser.runtime.getURL("").replace(/\/$/, "");
  const waiting = new Map<string, { readonly seen: Seen; readonly known: () => void }>();
  let count = 0;
  const note = (details: { url: string; initiator?: string; ip?: string }, more: Partial<Seen>): void => {
    const entry = details.initiator === own ? waiting.get(details.url) : undefined;
    if (entry === undefined) return;
    Object.assign(entry.seen, more, details.ip === undefined ? {} : { address: details.ip });
    if (entry.seen.address !== undefined || entry.seen.error !== undefined) entry.known();
  };
  const onHeadersReceived = (details: Browser.webRequest.OnHeadersReceivedDetails): undefined => {
    const headers = (details.responseHeaders ?? []).map(({ name, value }) => ({ name, value: value ?? "" }));
    note(details, { status: details.statusCode, headers });
  };
  const onBeforeRedirect = (details: Browser.webRequest.OnBeforeRedirectDetails): void =>
    note(details, { redirectUrl: details.redirectUrl.replace(marker, "") });
  const onResponseStarted = (details: Browser.webRequest.OnResponseStartedDetails): void => note(details, {});
  const onErrorOccurred = (details: Browser.webRequest.OnErrorOccurredDetails): void =>
    note(details, { error: details.error });
  const start = (): void => {
    browser.webRequest.onHeadersReceived.addListener(onHeadersReceived, filter, ["responseHeaders"]);
    browser.webRequest.onBeforeRedirect.addListener(onBeforeRedirect, filter);
    browser.webRequest.onResponseStarted.addListener(onResponseStarted, filter);
    browser.webRequest.onErrorOccurred.addListener(onErrorOccurred, filter);
  };
  start();
  return {
    restart() {
      browser.webRequest.onHeadersReceived.removeListener(onHeadersReceived);
      browser.webRequest.onBeforeRedirect.removeListener(onBeforeRedirect);
      browser.webRequest.onResponseStarted.removeListener(onResponseStarted);
      browser.webRequest.onErrorOccurred.removeListener(onErrorOccurred);
      start();
    },
    async send(request) {
      if (!(await readAccessTo(request.url))) return { kind: "failed", error: "refused:no-permission" };
      // Nothing but the URL ties an event to its `fetch`; a fragment tells equal ones apart and is never sent.
      const key = `${new URL(request.url).href.split("#", 1)[0]}#hopscope-${++count}`;
      const seen: Seen = {};
      const known = new Promise<void>((resolve) => waiting.set(key, { seen, known: resolve }));
      try {
        return await exchange({ ...request, url: key }, seen, known);
      } finally {
        waiting.delete(key);
      }
    },
  };
}

/** A redirect target without a fragment inherits that of the request (Fetch standard, HTTP-redirect fetch). */
const marker = /#hopscope-\d+$/;
const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function exchange(request: DiscoveryRequest, seen: Seen, known: Promise<void>): Promise<DiscoveryAnswer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: [
        ...request.headers.map(({ name, value }): [string, string] => [name, value]),
        ...(request.body ? [["content-type", request.body.mimeType] satisfies [string, string]] : []),
      ],
      ...(request.body && { body: request.body.text }),
      credentials: "omit",
      cache: "no-store",
      redirect: "manual",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    await Promise.race([known, later(eventsArriveWithin)]);
    const { address } = seen;
    // An answer from nowhere known may be one from a private address: nothing of it is read.
    if (address === undefined || !request.acceptsAddress(address)) {
      await response.body?.cancel();
      return { kind: "failed", error: `refused:${address === undefined ? "address-unknown" : "private-address"}` };
    }
    const status = seen.status ?? response.status;
    const headers = seen.headers ?? [...response.headers].map(([name, value]) => ({ name, value }));
    const answered = { kind: "answered", status, headers, address } as const;
    if (response.type === "opaqueredirect") {
      return { ...answered, ...(seen.redirectUrl !== undefined && { redirectUrl: seen.redirectUrl }) };
    }
    const mimeType = response.headers.get("content-type") ?? "";
    return { ...answered, ...(await readLimited(response.body, mimeType, request.maxBytes)) };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    if (isTimeout) return { kind: "failed", error: "timeout" };
    await Promise.race([known, later(eventsArriveWithin)]);
    return { kind: "failed", error: seen.error ?? "no-answer" };
  }
}
