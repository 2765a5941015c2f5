import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import type { Draft } from "./capture/draft.ts";
import { readTarget } from "./capture/inject.ts";
import { toPage } from "./capture/page-text.ts";
import type { DocumentReading } from "./capture/read-document.ts";
import { readSession } from "./session.ts";

/** Characters of pasted text that are looked at. */
const pasteLimit = 64 * 1024;
/** Where the user withheld a site, the browser leaves the reading of its pages pending for ever. */
const patience = 10_000;

export async function explainTab(tabId: number): Promise<FlowReport | undefined> {
  const reading = await readTab(tabId);
  if (!reading) return undefined;
  const { loadedAt: at, url, status, contentType } = reading;
  // Read twice, the same document gives the same observations.
  const base = { source: "browser", at, tabId, frameId: 0 } as const;
  const requestId = `document-${tabId}-${Math.round(at)}`;
  const drafts: Draft[] = [{ ...base, kind: "request", requestId, method: "GET", url, type: "main_frame" }];
  if (status > 0) {
    const headers = [{ name: "content-type", value: contentType }];
    drafts.push({ ...base, kind: "response", requestId, url, status, headers });
  }
  drafts.push({ ...toPage({ tabId, frameId: 0 }, reading, at), requestId });
  return explain(drafts);
}

/** An authorization URL, a callback URL, or the text of an error page with or without its URL. */
export async function explainText(pasted: string): Promise<FlowReport | undefined> {
  const text = pasted.trim().slice(0, pasteLimit);
  if (text === "") return undefined;
  const found = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/i.exec(text)?.[0];
  const url = found !== undefined && URL.canParse(found) ? found : undefined;
  const base = { source: "paste", at: Date.now() } as const;
  const requestId = "pasted";
  const drafts: Draft[] = [];
  if (url !== undefined) drafts.push({ ...base, kind: "request", requestId, method: "GET", url, type: "main_frame" });
  if (text !== url) {
    const contentType = text.startsWith("{") ? "application/json" : "text/plain";
    const rest = url === undefined ? text : text.replace(url, "");
    drafts.push({
      ...base,
      kind: "page",
      url: url ?? "about:blank",
      ...(url !== undefined && { requestId }),
      contentType,
      title: "",
      text: rest,
    });
  }
  return explain(drafts);
}

async function explain(drafts: readonly Draft[]): Promise<FlowReport | undefined> {
  const session = await readSession();
  const redactor = createRedactor(session);
  const observations = drafts.flatMap(
    (draft) => redactor.redact({ ...draft, session: session.id } as RawObservation) ?? [],
  );
  return diagnose(observations, { asOf: Date.now() })[0];
}

async function readTab(tabId: number): Promise<DocumentReading | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), patience);
  });
  // It rejects where no click permitted this tab, and on pages of the browser itself.
  return Promise.race([readTarget({ tabId }, { settleFor: 0 }).catch(() => undefined), late]);
}
