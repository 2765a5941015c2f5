import { type Browser, browser } from "wxt/browser";
import { readLimited } from "@/lib/discovery/read-limited.ts";
import type { DiscoveryAnswer, DiscoveryRequest, Send } from "@/lib/discovery/run.ts";
import { readAccessTo, toHostPattern } from "./permissions.ts";

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

/**
 * Sends our own requests: in the worker without `tabId`, in a page with the id of its tab. What the browser tells of each is
 * listened to for its host and as long as it is under way only: a listener costs every request of every page that its filter
 * matches (mv3-capture, overhead), and a filter cannot name "no tab", since Chromium takes `tabId: -1` for any tab. Chromium takes
 * a listener away with one of the same filter in another context (7 of 100 answers lost to a worker that asked meanwhile), so
 * each context needs a filter of its own.
 */
export function createSend(tabId?: number): Send {
  const own = browser.runtime.getURL("").replace(/\/$/, "");
  let count = 0;
  return async (request) => {
    // Nothing but the URL ties an event to its `fetch`; a fragment tells equal ones apart and is never sent.
    const url = `${new URL(request.url).href.split("#", 1)[0]}#hopscope-${++count}`;
    const watch = watchRequest(url, { own, tabId });
    try {
      // Also the turn that the listeners need: calls to the browser are carried out in their order.
      if (!(await readAccessTo(request.url))) return { kind: "failed", error: "refused:no-permission" };
      return await exchange({ ...request, url }, watch);
    } finally {
      watch.end();
    }
  };
}

interface Watch {
  readonly seen: Seen;
  /** Resolves when the address is known, or that there is none. */
  readonly known: Promise<void>;
  end(): void;
}

function watchRequest(url: string, { own, tabId }: { own: string; tabId: number | undefined }): Watch {
  const filter: Browser.webRequest.RequestFilter = {
    urls: [toHostPattern(url)],
    types: ["xmlhttprequest"],
    ...(tabId !== undefined && { tabId }),
  };
  const seen: Seen = {};
  let know = () => {};
  const known = new Promise<void>((resolve) => {
    know = resolve;
  });
  const note = (details: { url: string; initiator?: string; ip?: string }, more: Partial<Seen>): void => {
    if (details.initiator !== own || details.url !== url) return;
    Object.assign(seen, more, details.ip === undefined ? {} : { address: details.ip });
    if (seen.address !== undefined || seen.error !== undefined) know();
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
  browser.webRequest.onHeadersReceived.addListener(onHeadersReceived, filter, ["responseHeaders"]);
  browser.webRequest.onBeforeRedirect.addListener(onBeforeRedirect, filter);
  browser.webRequest.onResponseStarted.addListener(onResponseStarted, filter);
  browser.webRequest.onErrorOccurred.addListener(onErrorOccurred, filter);
  return {
    seen,
    known,
    end() {
      browser.webRequest.onHeadersReceived.removeListener(onHeadersReceived);
      browser.webRequest.onBeforeRedirect.removeListener(onBeforeRedirect);
      browser.webRequest.onResponseStarted.removeListener(onResponseStarted);
      browser.webRequest.onErrorOccurred.removeListener(onErrorOccurred);
    },
  };
}

/** A redirect target without a fragment inherits that of the request (Fetch standard, HTTP-redirect fetch). */
const marker = /#hopscope-\d+$/;
const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function exchange(request: DiscoveryRequest, { seen, known }: Watch): Promise<DiscoveryAnswer> {
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
