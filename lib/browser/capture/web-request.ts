import { type Browser, browser } from "wxt/browser";
import type { RawBody } from "@/lib/exchange/raw-observation.ts";
import type { Record } from "./draft.ts";

type BodyDetails = Browser.webRequest.OnBeforeRequestDetails;
type Details = Pick<BodyDetails, "tabId" | "frameId" | "timeStamp" | "requestId" | "url">;

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

/** Fields are cut here, before anything else sees them: redaction measures long values, it does not need them whole. */
const fieldLimit = 64 * 1024;

const filter: Browser.webRequest.RequestFilter = { urls: ["*://*/*"], types: ["main_frame", "sub_frame"] };

/**
 * Records the hops of navigations. Chromium ignores hosts granted after a listener was added, until the listener is
 * added again: call `restart` whenever access changed.
 */
export function startWebRequest(record: Record): { restart(): void } {
  const own = browser.runtime.getURL("").replace(/\/$/, "");
  const isOwn = (initiator: string | undefined) => initiator === own;

  const onBeforeRequest = (details: BodyDetails): undefined => {
    if (isOwn(details.initiator)) return;
    const body = details.method === "POST" ? bodyOf(details) : undefined;
    record({
      kind: "request",
      ...base(details),
      requestId: details.requestId,
      method: details.method,
      url: details.url,
      type: details.type === "sub_frame" ? "sub_frame" : "main_frame",
      ...(details.initiator !== undefined && { initiator: details.initiator }),
      ...(body && { body }),
    });
  };
  const onHeadersReceived = (details: Browser.webRequest.OnHeadersReceivedDetails): undefined => {
    if (isOwn(details.initiator)) return;
    record({
      kind: "response",
      ...base(details),
      requestId: details.requestId,
      url: details.url,
      status: details.statusCode,
      headers: (details.responseHeaders ?? []).map(({ name, value }) => ({ name, value: value ?? "" })),
    });
  };
  const onBeforeRedirect = (details: Browser.webRequest.OnBeforeRedirectDetails) => {
    if (isOwn(details.initiator)) return;
    record({
      kind: "response",
      ...base(details),
      requestId: details.requestId,
      url: details.url,
      status: details.statusCode,
      headers: [],
      redirectUrl: details.redirectUrl,
    });
  };
  const onErrorOccurred = (details: Browser.webRequest.OnErrorOccurredDetails) => {
    if (isOwn(details.initiator)) return;
    record({
      kind: "failure",
      ...base(details),
      requestId: details.requestId,
      url: details.url,
      error: details.error,
    });
  };

  const remove = () => {
    browser.webRequest.onBeforeRequest.removeListener(onBeforeRequest);
    browser.webRequest.onHeadersReceived.removeListener(onHeadersReceived);
    browser.webRequest.onBeforeRedirect.removeListener(onBeforeRedirect);
    browser.webRequest.onErrorOccurred.removeListener(onErrorOccurred);
  };
  const add = () => {
    browser.webRequest.onBeforeRequest.addListener(onBeforeRequest, filter, ["requestBody"]);
    browser.webRequest.onHeadersReceived.addListener(onHeadersReceived, filter, ["responseHeaders"]);
    browser.webRequest.onBeforeRedirect.addListener(onBeforeRedirect, filter);
    browser.webRequest.onErrorOccurred.addListener(onErrorOccurred, filter);
  };
  add();
  return {
    restart() {
      remove();
      add();
    },
  };
}

function base(details: Details) {
  return {
    source: "browser" as const,
    at: details.timeStamp,
    // A load that belongs to no tab, such as the first one of identity.launchWebAuthFlow.
    ...(details.tabId >= 0 && { tabId: details.tabId }),
    frameId: details.frameId,
  };
}

function bodyOf({ requestBody }: BodyDetails): RawBody | undefined {
  if (!requestBody) return undefined;
  if (!requestBody.formData) return { kind: "unreadable" };
  const fields = [];
  for (const [name, values] of Object.entries(requestBody.formData)) {
    if (!formFields.has(name)) continue;
    for (const value of values) if (typeof value === "string") fields.push({ name, value: value.slice(0, fieldLimit) });
  }
  return { kind: "form", fields };
}
