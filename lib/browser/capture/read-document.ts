/** What the page script hands back. Plain data: it crosses a process border. */
export interface DocumentReading {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly isTruncated: boolean;
  readonly contentType: string;
  /** 0 when the browser does not tell. */
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly loadedAt: number;
  readonly structure: {
    readonly passwordFields: number;
    readonly textFields: number;
    readonly hiddenFields: number;
    readonly buttons: number;
    readonly links: number;
    readonly forms: readonly { readonly method: string; readonly action: string }[];
  };
}

/**
 * Runs inside the page, so it may use nothing from outside its own braces. With `settleFor` 0 it reads at once;
 * otherwise it waits, at most that many milliseconds, until script has stopped drawing, and answers `undefined` when
 * nothing had changed.
 */
export function readDocument(limit: number, settleFor: number): Promise<DocumentReading | undefined> {
  const visibleText = (): string => {
    const { body } = document;
    if (!body) return (document.documentElement?.textContent ?? "").slice(0, limit + 1);
    // innerText lays the whole page out; on a huge page the first text nodes are enough.
    if (body.getElementsByTagName("*").length < 5_000 && (body.textContent ?? "").length < 4 * limit)
      // biome-ignore lint/performance/useDomNodeTextContent: what a person saw, line breaks included, is what is wanted.
      return body.innerText;
    const skipped = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA"]);
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node && text.length <= limit; node = walker.nextNode()) {
      if (skipped.has(node.parentElement?.tagName ?? "")) continue;
      text += `${(node as Text).data.slice(0, limit + 1)}\n`;
    }
    return text;
  };
  const count = (selector: string) => document.querySelectorAll(selector).length;
  const read = (): DocumentReading => {
    const text = visibleText();
    const [entry] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming & {
      responseStatus?: number;
    })[];
    return {
      url: location.href,
      title: document.title.slice(0, 1_000),
      text: text.slice(0, limit),
      isTruncated: text.length > limit,
      contentType: document.contentType,
      status: entry?.responseStatus ?? 0,
      loadedAt: performance.timeOrigin,
      structure: {
        passwordFields: count("input[type=password]"),
        textFields: count(
          "input:not([type]),input[type=text],input[type=email],input[type=tel],input[type=number],input[type=password],textarea",
        ),
        hiddenFields: count("input[type=hidden]"),
        buttons: count("button,input[type=submit],input[type=button],[role=button]"),
        links: count("a[href]"),
        // The attribute, resolved: a field named "action" hides the property.
        forms: [...document.querySelectorAll("form")].slice(0, 10).map((form) => {
          let action = location.href;
          try {
            action = new URL(form.getAttribute("action") || location.href, document.baseURI).href;
          } catch {
            // An action that is no URL posts to the page itself.
          }
          return { method: (form.getAttribute("method") ?? "get").toLowerCase(), action: action.slice(0, limit) };
        }),
      },
    };
  };
  if (settleFor === 0) return Promise.resolve(read());
  return new Promise((resolve) => {
    const before = visibleText();
    const quiet = 400;
    let timer = setTimeout(finish, before.trim() === "" ? settleFor : 3 * quiet);
    const deadline = setTimeout(finish, settleFor);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(finish, quiet);
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    function finish() {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(deadline);
      const after = read();
      resolve(after.text === before.slice(0, limit) ? undefined : after);
    }
  });
}
