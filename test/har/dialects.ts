import type { HarEntryData, HarFile } from "./recordings.ts";

/**
 * What other tools write of the same traffic that Playwright recorded, after their sources and published recordings: the
 * members they leave out, add, and say otherwise.
 */
export const dialects: Readonly<Record<string, (recorded: HarFile) => unknown>> = {
  Chromium: (file) =>
    rewrite(file, "WebInspector", "537.36", ({ _frameref, _securityDetails, ...entry }) => ({
      ...entry,
      pageref: "page_1",
      _initiator: { type: "other" },
      _connectionId: "12",
      response: failed(entry, (error) => ({ status: 0, _error: error, content: { size: 0, mimeType: "x-unknown" } })),
    })),
  "Chromium, sanitized": (file) =>
    rewrite(file, "WebInspector", "537.36", (entry) => ({
      ...entry,
      pageref: "page_1",
      request: {
        ...entry.request,
        cookies: [],
        headers: without(entry.request.headers, /^(?:cookie|authorization)$/i),
      },
      response: {
        ...failed(entry, (error) => ({ status: 0, _error: error })),
        cookies: [],
        headers: without(entry.response.headers, /^set-cookie$/i),
      },
    })),
  Firefox: (file) =>
    rewrite(file, "Firefox", "153.0", ({ _resourceType, _frameref, _monotonicTime, ...entry }, index) => ({
      ...entry,
      pageref: `page_${index + 1}`,
      _securityState: "secure",
      request: {
        ...entry.request,
        headers: [
          ...without(entry.request.headers, /^sec-fetch-dest$/i),
          { name: "Sec-Fetch-Dest", value: _resourceType === "document" ? "document" : "style" },
        ],
      },
      response: failed(entry, (error) => ({ status: 0, _error: error.replace("net::ERR", "NS_ERROR"), content: {} })),
    })),
  Safari: (file) =>
    rewrite(file, "WebKit Web Inspector", "1.0", ({ _resourceType, _frameref, ...entry }) => ({
      ...entry,
      pageref: "page_0",
      request: {
        ...entry.request,
        headers: [
          ...without(entry.request.headers, /^(?:sec-|accept$|upgrade-insecure)/i),
          { name: "Accept", value: _resourceType === "document" ? safariDocuments : "text/css,*/*;q=0.1" },
        ],
      },
      response: failed(entry, () => ({ status: 0, _error: "Could not connect to the server: connection refused." })),
    })),
  mitmproxy: (file) =>
    withoutPages(
      rewrite(file, "mitmproxy", "12.0", ({ pageref, _resourceType, _frameref, timings, ...entry }) => ({
        ...entry,
        startedDateTime: entry.startedDateTime.replace("Z", "216+00:00"),
        timings: {},
        response: {
          ...failed(entry, () => ({
            status: 0,
            _error: "Multiple exceptions: [Errno 111] Connect call failed ('127.0.0.1', 1)",
            content: [],
          })),
          ...(entry.response._failureText === undefined && { content: { text: entry.response.content.text } }),
        },
      })),
    ),
  Charles: (file) =>
    withoutPages(
      rewrite(file, "Charles Proxy", "5.0", ({ pageref, _resourceType, _frameref, ...entry }) => ({
        ...entry,
        startedDateTime: entry.startedDateTime.replace("Z", "+00:00"),
        response: {
          ...failed(entry, (error) => ({ status: 0, _error: error, content: { size: 0, mimeType: null } })),
          ...(entry.response.content.text && {
            content: { ...entry.response.content, text: base64(entry.response.content.text), encoding: "base64" },
          }),
        },
      })),
    ),
  Fiddler: (file) =>
    withoutPages(
      rewrite(file, "Fiddler", "5.0", ({ pageref, _resourceType, _frameref, ...entry }) => ({
        timings: entry.timings,
        cache: {},
        response: failed(entry, () => ({
          status: 502,
          headers: [],
          content: {
            size: 100,
            mimeType: "text/html; charset=UTF-8",
            text: "[Fiddler] The connection to '127.0.0.1' failed. Error: ConnectionRefused (0x274d).",
          },
        })),
        request: entry.request,
        startedDateTime: entry.startedDateTime.replace("Z", "4178+00:00"),
        time: Math.round(entry.time),
      })),
    ),
};

const safariDocuments = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const base64 = (text: string) => Buffer.from(text).toString("base64");

function rewrite(
  file: HarFile,
  name: string,
  version: string,
  change: (entry: HarEntryData, index: number) => unknown,
): { log: Record<string, unknown> } {
  return { log: { ...file.log, creator: { name, version }, entries: file.log.entries.map(change) } };
}

function withoutPages({ log }: { log: Record<string, unknown> }): unknown {
  const { pages, ...rest } = log;
  return { log: rest };
}

/** A request without an answer, which every tool writes in its own way. */
function failed(entry: HarEntryData, write: (error: string) => object): HarEntryData["response"] {
  const { _failureText, ...response } = entry.response;
  return _failureText === undefined ? response : { ...response, ...write(_failureText) };
}

const without = (headers: HarEntryData["request"]["headers"], names: RegExp) =>
  headers.filter(({ name }) => !names.test(name));
