import { type Browser, browser } from "wxt/browser";
import type { Record } from "./draft.ts";
import { aheadOf } from "./prerendered.ts";

type Framed = Browser.webNavigation.WebNavigationFramedCallbackDetails;
type Committed = Browser.webNavigation.WebNavigationTransitionCallbackDetails;

/** A document whose text can be read now. */
export interface LoadedDocument {
  readonly tabId: number;
  readonly frameId: number;
  /** Firefox gives documents none. */
  readonly documentId?: string | undefined;
  readonly url: string;
}

const web: Browser.webNavigation.WebNavigationEventFilter = { url: [{ schemes: ["http", "https"] }] };

/**
 * Firefox's NS_BINDING_ABORTED. It says so of every navigation that goes on in another process, and then commits it; one that was
 * really given up is told by `webRequest`.
 */
const movedElsewhere = "Error code 2152398850";

/**
 * Records what tabs showed. The permission is optional: without it there is nothing to listen to, and `restart` is to be
 * called when it was granted.
 */
export function startWebNavigation(
  record: Record,
  onDocument: (document: LoadedDocument) => void,
): { restart(): void } {
  const onCommitted = (details: Committed) => {
    record({
      kind: "navigation",
      how: "committed",
      ...base(details),
      url: details.url,
      documentId: details.documentId,
      transition: details.transitionType,
      qualifiers: details.transitionQualifiers,
    });
  };
  const onSameDocument = (details: Committed) => {
    record({ kind: "navigation", how: "same-document", ...base(details), url: details.url });
  };
  const onErrorOccurred = (details: Browser.webNavigation.WebNavigationFramedErrorCallbackDetails) => {
    if (details.error === movedElsewhere) return;
    record({ kind: "navigation", how: "failed", ...base(details), url: details.url, error: details.error });
  };
  const onDOMContentLoaded = ({ tabId, frameId, documentId, url }: Framed) => {
    if (frameId === 0) onDocument({ tabId, frameId, documentId, url });
  };
  const onCreatedNavigationTarget = (details: Browser.webNavigation.WebNavigationSourceCallbackDetails) => {
    record({
      kind: "tab",
      event: "opened",
      source: "browser",
      at: details.timeStamp,
      tabId: details.tabId,
      openerTabId: details.sourceTabId,
    });
  };

  const restart = () => {
    const api: typeof browser.webNavigation | undefined = browser.webNavigation;
    if (!api) return;
    api.onCommitted.removeListener(onCommitted);
    api.onErrorOccurred.removeListener(onErrorOccurred);
    api.onDOMContentLoaded.removeListener(onDOMContentLoaded);
    api.onCreatedNavigationTarget.removeListener(onCreatedNavigationTarget);
    api.onReferenceFragmentUpdated.removeListener(onSameDocument);
    api.onHistoryStateUpdated.removeListener(onSameDocument);
    api.onCommitted.addListener(onCommitted, web);
    api.onErrorOccurred.addListener(onErrorOccurred);
    api.onDOMContentLoaded.addListener(onDOMContentLoaded, web);
    api.onCreatedNavigationTarget.addListener(onCreatedNavigationTarget);
    api.onReferenceFragmentUpdated.addListener(onSameDocument, web);
    api.onHistoryStateUpdated.addListener(onSameDocument, web);
  };
  restart();
  return { restart };
}

function base(details: Browser.webNavigation.WebNavigationBaseCallbackDetails) {
  const { tabId, frameId, timeStamp: at } = details;
  return { source: "browser" as const, at, tabId, frameId, ...aheadOf(details) };
}
