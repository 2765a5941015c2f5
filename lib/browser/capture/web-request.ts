import { type Browser, browser } from "wxt/browser";
import type { RawRequest } from "@/lib/exchange/raw-observation.ts";
import type { Record } from "./draft.ts";
import { isPageRequest, mayBePageRequest, pageRequestFields, pageRequestFilter } from "./page-requests.ts";
import { aheadOf } from "./prerendered.ts";
import { readBody } from "./request-body.ts";

type BodyDetails = Browser.webRequest.OnBeforeRequestDetails;
type Seen = Pick<BodyDetails, "initiator" | "type" | "requestId"> & { readonly documentId?: string };
type Details = Pick<BodyDetails, "tabId" | "frameId" | "parentFrameId" | "timeStamp"> & {
  readonly documentLifecycle?: string;
};

/**
 * Parameters of authorization requests and responses that travel in a form (RFC 6749 §3.1, OAuth 2.0 Form Post Response
 * Mode). The listener that sees them also sees login forms, so nothing else of a body leaves the handler.
 */
const formFields: ReadonlySet<string> = new Set([
  "access_token",
  "client_id",
  "code",
  "code_challenge",
  "code_challenge_method",
  "error",
  "error_description",
  "error_uri",
  "expires_in",
  "id_token",
  "iss",
  "nonce",
  "prompt",
  "redirect_uri",
  "request",
  "request_uri",
  "resource",
  "response",
  "response_mode",
  "response_type",
  "scope",
  "session_state",
  "state",
  "token_type",
]);

/** More than a browser has under way at once. */
const mostOthers = 1_000;

const navigations: Browser.webRequest.RequestFilter = { urls: ["*://*/*"], types: ["main_frame", "sub_frame"] };

/**
 * Records the hops of navigations, and the token, registration and metadata requests of pages. Chromium ignores hosts granted
 * after a listener was added, until the listener is added again: call `restart` whenever access changed.
 */
export function startWebRequest(record: Record): { restart(): void } {
  const own = browser.runtime.getURL("").replace(/\/$/, "");
  const listeners = [
    createListeners(navigations, ({ method, type, requestBody }) => {
      const body = method === "POST" ? readBody(requestBody, formFields) : undefined;
      return { type: type === "sub_frame" ? "sub_frame" : "main_frame", ...(body && { body }) };
    }),
    createListeners(pageRequestFilter, ({ method, url, requestBody }) => {
      const body = method === "POST" ? readBody(requestBody, pageRequestFields) : undefined;
      if (isPageRequest(method, url, body)) return { type: "fetch", ...(body && { body }) };
      return mayBePageRequest(url, body) ? "unreadable" : undefined;
    }),
  ];

  /** Request and answers of what `read` makes something of; every filter has functions of its own, as the browser wants. */
  function createListeners(
    filter: Browser.webRequest.RequestFilter,
    read: (details: BodyDetails) => Pick<RawRequest, "type" | "body"> | "unreadable" | undefined,
  ) {
    /** Requests that are somebody else's business, newest last; their answers are too. */
    const others = new Set<string>();
    const mark = filter === pageRequestFilter && { isOfPage: true as const };
    // A navigation that one of our pages starts is an attempt like any other: the check opens its authorization request so.
    const isOwn = ({ initiator, type }: Seen) => initiator === own && type !== "main_frame" && type !== "sub_frame";
    // Only what a page fetches ahead for a link (speculation rules) belongs to a document; nobody has gone there yet.
    const isAhead = ({ type, documentId }: Seen) => type === "main_frame" && documentId !== undefined;
    const isIgnored = (seen: Seen) => isOwn(seen) || isAhead(seen) || others.has(seen.requestId);
    const onBeforeRequest = (details: BodyDetails): undefined => {
      // Of a chain of redirects every request is looked at for itself.
      others.delete(details.requestId);
      if (isIgnored(details)) return;
      const request = read(details);
      if (typeof request !== "object") {
        others.add(details.requestId);
        const [oldest] = others;
        if (others.size > mostOthers && oldest !== undefined) others.delete(oldest);
        if (request === "unreadable" && details.tabId >= 0)
          record({ kind: "gap", reason: "request-unreadable", ...base(details) });
        return;
      }
      record({
        kind: "request",
        ...base(details),
        requestId: details.requestId,
        method: details.method,
        url: details.url,
        ...(details.initiator !== undefined && { initiator: details.initiator }),
        ...request,
      });
    };
    const onHeadersReceived = (details: Browser.webRequest.OnHeadersReceivedDetails): undefined => {
      if (isIgnored(details) || details.method === "OPTIONS") return;
      record({
        kind: "response",
        ...mark,
        ...base(details),
        requestId: details.requestId,
        url: details.url,
        status: details.statusCode,
        headers: (details.responseHeaders ?? []).map(({ name, value }) => ({ name, value: value ?? "" })),
      });
    };
    const onBeforeRedirect = (details: Browser.webRequest.OnBeforeRedirectDetails) => {
      if (isIgnored(details)) return;
      record({
        kind: "response",
        ...mark,
        ...base(details),
        requestId: details.requestId,
        url: details.url,
        status: details.statusCode,
        headers: [],
        redirectUrl: details.redirectUrl,
      });
    };
    const onErrorOccurred = (details: Browser.webRequest.OnErrorOccurredDetails) => {
      if (isIgnored(details) || details.method === "OPTIONS") return;
      record({
        kind: "failure",
        ...mark,
        ...base(details),
        requestId: details.requestId,
        url: details.url,
        error: details.error,
      });
    };
    return {
      add() {
        browser.webRequest.onBeforeRequest.addListener(onBeforeRequest, filter, ["requestBody"]);
        browser.webRequest.onHeadersReceived.addListener(onHeadersReceived, filter, ["responseHeaders"]);
        browser.webRequest.onBeforeRedirect.addListener(onBeforeRedirect, filter);
        browser.webRequest.onErrorOccurred.addListener(onErrorOccurred, filter);
      },
      remove() {
        browser.webRequest.onBeforeRequest.removeListener(onBeforeRequest);
        browser.webRequest.onHeadersReceived.removeListener(onHeadersReceived);
        browser.webRequest.onBeforeRedirect.removeListener(onBeforeRedirect);
        browser.webRequest.onErrorOccurred.removeListener(onErrorOccurred);
      },
    };
  }

  for (const { add } of listeners) add();
  return {
    restart() {
      for (const { remove, add } of listeners) {
        remove();
        add();
      }
    },
  };
}

function base(details: Details) {
  return {
    source: "browser" as const,
    at: details.timeStamp,
    // A load that belongs to no tab: the first one of identity.launchWebAuthFlow, a request of a page's service worker.
    ...(details.tabId >= 0 && { tabId: details.tabId }),
    ...(details.frameId >= 0 && { frameId: details.frameId }),
    ...aheadOf(details),
  };
}
