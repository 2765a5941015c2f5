import { browser } from "wxt/browser";

/**
 * Where the response of a check goes by default: a loopback address on a port that browsers refuse to open. The request, code
 * included, is seen before it is refused, and nothing can listen there.
 */
export const unopenableRedirectUri = "http://127.0.0.1:6000/callback";

/** The extension's own https address, for servers that refuse http. */
export const extensionRedirectUri = (): string => browser.identity.getRedirectURL("callback");

export interface Receiving {
  /** The response URL; undefined when the user closed the tab or cancelled. */
  readonly response: Promise<string | undefined>;
  cancel(): void;
}

/** Opens the authorization request in a tab and takes the response the way its redirect URI allows. */
export function receiveResponse(url: string, redirectUri: string): Receiving {
  return redirectUri === extensionRedirectUri() ? throughIdentity(url) : throughTab(url, redirectUri);
}

function throughIdentity(url: string): Receiving {
  const response = browser.identity.launchWebAuthFlow({ url, interactive: true }).catch(() => undefined);
  // The browser gives no way to close its window; what comes back after this is thrown away.
  let cancel = () => {};
  const cancelled = new Promise<undefined>((resolve) => {
    cancel = () => resolve(undefined);
  });
  return { response: Promise.race([response, cancelled]), cancel };
}

function throughTab(url: string, redirectUri: string): Receiving {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const target = new URL(redirectUri);
  const isWeb = target.protocol === "http:" || target.protocol === "https:";
  const take = (seen: string): undefined => {
    if (!URL.canParse(seen)) return;
    const { protocol, host, pathname } = new URL(seen);
    if (protocol === target.protocol && host === target.host && pathname === target.pathname) resolve(seen);
  };
  const opened = browser.tabs.create({ url: "about:blank" }).then(({ id = browser.tabs.TAB_ID_NONE }) => {
    const stop = isWeb ? watchRequests(target, id, take) : watchHandingOver(id, take);
    const onRemoved = (closed: number) => {
      if (closed === id) resolve(undefined);
    };
    browser.tabs.onRemoved.addListener(onRemoved);
    void browser.tabs.update(id, { url });
    return () => {
      stop();
      browser.tabs.onRemoved.removeListener(onRemoved);
      // The browser's own "unsafe port" page explains nothing to anybody.
      void browser.tabs.remove(id).catch(() => undefined);
    };
  });
  const response = promise.finally(async () => (await opened)());
  return { response, cancel: () => resolve(undefined) };
}

type Take = (url: string) => undefined;

/** Before it is sent, so that nothing needs to listen there. */
function watchRequests({ protocol, hostname }: URL, tabId: number, take: Take): () => void {
  const onRequest = (details: { readonly url: string }) => take(details.url);
  const urls = [`${protocol}//${hostname}/*`];
  browser.webRequest.onBeforeRequest.addListener(onRequest, { urls, types: ["main_frame"], tabId });
  return () => browser.webRequest.onBeforeRequest.removeListener(onRequest);
}

/**
 * A scheme that the browser does not open itself is no request: it shows as the target of a redirect, or, when a script went
 * there, as a navigation that failed.
 */
function watchHandingOver(tabId: number, take: Take): () => void {
  const onRedirect = (details: { readonly redirectUrl: string }): void => take(details.redirectUrl);
  const onError = (details: { readonly url: string; readonly tabId: number }): void => {
    if (details.tabId === tabId) take(details.url);
  };
  browser.webRequest.onBeforeRedirect.addListener(onRedirect, { urls: ["*://*/*"], types: ["main_frame"], tabId });
  // Only there when the user allowed it.
  browser.webNavigation?.onErrorOccurred.addListener(onError);
  return () => {
    browser.webRequest.onBeforeRedirect.removeListener(onRedirect);
    browser.webNavigation?.onErrorOccurred.removeListener(onError);
  };
}
