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
  let tabId: number | undefined;
  const onRequest = (details: { readonly url: string; readonly tabId: number }): undefined => {
    const seen = new URL(details.url);
    if (details.tabId !== tabId || seen.origin !== target.origin || seen.pathname !== target.pathname) return;
    resolve(details.url);
  };
  const onRemoved = (closed: number) => {
    if (closed === tabId) resolve(undefined);
  };
  browser.webRequest.onBeforeRequest.addListener(onRequest, {
    urls: [`${target.protocol}//${target.hostname}/*`],
    types: ["main_frame"],
  });
  browser.tabs.onRemoved.addListener(onRemoved);
  void browser.tabs.create({ url: "about:blank" }).then((tab) => {
    tabId = tab.id;
    if (tabId !== undefined) void browser.tabs.update(tabId, { url });
  });
  const response = promise.finally(() => {
    browser.webRequest.onBeforeRequest.removeListener(onRequest);
    browser.tabs.onRemoved.removeListener(onRemoved);
    // The browser's own "unsafe port" page explains nothing to anybody.
    if (tabId !== undefined) void browser.tabs.remove(tabId).catch(() => undefined);
  });
  return { response, cancel: () => resolve(undefined) };
}
