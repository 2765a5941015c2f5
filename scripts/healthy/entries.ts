import type { Fetch } from "../../test/servers/trusting-fetch.ts";

interface Header {
  readonly name: string;
  readonly value: string;
}

/** What is kept of a HAR entry. */
export interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly postData?: { readonly mimeType: string; readonly text: string };
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly Header[];
    readonly content: { readonly mimeType: string; readonly text?: string; readonly size?: number };
    readonly redirectURL: string;
    readonly _failureText?: string;
  };
  readonly pageref?: string;
  readonly _frameref?: string;
  readonly _resourceType?: string;
}

const kept =
  /^(?:location|set-cookie|www-authenticate|content-type|origin|referer|cache-control|authorization|access-control-allow-origin|x-frame-options|server|x-powered-by)$/i;

const keep = (headers: readonly Header[]): Header[] =>
  headers.filter(({ name }) => kept.test(name)).map(({ name, value }) => ({ name, value }));

/** Without timings, sizes, connections and what only the browser's vendor cares for. */
export function trimEntries(entries: readonly Entry[]): Entry[] {
  return entries
    .filter(({ request }) => !request.url.endsWith("/favicon.ico"))
    .map(({ startedDateTime, time, request, response, pageref, _frameref, _resourceType }) => ({
      startedDateTime,
      time: Math.round(time),
      request: {
        method: request.method,
        url: request.url,
        headers: keep(request.headers),
        ...(request.postData && { postData: { mimeType: request.postData.mimeType, text: request.postData.text } }),
      },
      response: {
        status: response.status,
        headers: keep(response.headers),
        content: {
          mimeType: response.content.mimeType,
          ...(response.content.text !== undefined && { text: withoutStyle(response.content.text) }),
        },
        redirectURL: response.redirectURL,
        ...(response._failureText !== undefined && { _failureText: response._failureText }),
      },
      ...(pageref !== undefined && { pageref }),
      ...(_frameref !== undefined && { _frameref }),
      ...(_resourceType !== undefined && { _resourceType }),
    }));
}

/** Nobody reads style sheets and drawings here; they are half of some pages. */
const withoutStyle = (text: string): string =>
  text
    .replace(/<style[^>]*>[\s\S]*?<\/style>/gi, "")
    .replace(/<svg[\s\S]*?<\/svg>/gi, "")
    .replace(/ style="[^"]*"/gi, "")
    .replace(/"data:image\/[^"]*"/gi, '"data:,"');

/** Passes requests on and keeps what was sent and answered, as a proxy in front of the client would. */
export class BackChannel {
  readonly entries: Entry[] = [];
  readonly fetch: Fetch;

  constructor(through: Fetch) {
    this.fetch = async (input, init) => {
      const sent = new Request(input, init);
      const text = await sent.clone().text();
      const startedAt = Date.now();
      const response = await through(input, init);
      const body = await response.clone().text();
      this.entries.push({
        startedDateTime: new Date(startedAt).toISOString(),
        time: Date.now() - startedAt,
        request: {
          method: sent.method,
          url: sent.url,
          headers: keep(pairs(sent.headers)),
          ...(text !== "" && { postData: { mimeType: sent.headers.get("content-type") ?? "", text } }),
        },
        response: {
          status: response.status,
          headers: keep(pairs(response.headers)),
          content: { mimeType: response.headers.get("content-type") ?? "", text: body },
          redirectURL: "",
        },
        _resourceType: "fetch",
      });
      return response;
    };
  }
}

const pairs = (headers: Headers): Header[] => [...headers].map(([name, value]) => ({ name, value }));
