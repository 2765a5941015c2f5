import * as oauth from "oauth4webapi";
import { isRefusedAddress, refusalOf } from "@/lib/discovery/address.ts";
import { answerLimits, type Send } from "@/lib/discovery/ask.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";

interface Parts {
  readonly send: Send;
  readonly now: () => number;
  /** Unique for this run: request ids are counted within it. */
  readonly run: string;
  readonly record: (raw: RawObservation) => void;
}

interface PlainRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RecordedFetch {
  /** Options for a request of oauth4webapi, with extra form parameters where its kind takes them. */
  for(
    step: string,
    additional: Readonly<Record<string, string>>,
  ): {
    readonly [oauth.customFetch]: FetchLike;
    readonly [oauth.allowInsecureRequests]: boolean;
    readonly additionalParameters: URLSearchParams;
  };
  plain(step: string, url: string, request: PlainRequest): Promise<Response>;
}

type FetchLike = (
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>;

/**
 * `fetch` as oauth4webapi wants it, over the sender: every request is recorded with the purpose `check/<step>`, goes out
 * without credentials of the browser, follows no redirect, and stays away from private addresses unless `ranOn` is one.
 */
export function createRecordedFetch({ send, now, run, record }: Parts, startedAt: string): RecordedFetch {
  let count = 0;
  const ranOn = URL.canParse(startedAt) ? [new URL(startedAt).hostname] : [];

  async function exchange(step: string, url: string, method: string, headers: Record<string, string>, text?: string) {
    count += 1;
    const base = { source: "probe" as const, session: "", requestId: `check-${run}-${count}`, url };
    const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
    const mimeType = headers["content-type"] ?? "application/octet-stream";
    record({
      ...base,
      kind: "request",
      at: now(),
      method,
      type: "fetch",
      headers: list,
      ...(text !== undefined && { body: { kind: "text", mimeType, text } }),
      purpose: `check/${step}`,
    });
    const refusal = refusalOf(url, ranOn);
    const answer =
      refusal === undefined
        ? await send({
            ...answerLimits,
            url,
            method: method as "GET" | "POST" | "DELETE",
            headers: list.filter(({ name }) => name.toLowerCase() !== "content-type"),
            ...(text !== undefined && { body: { mimeType, text } }),
            acceptsAddress: (address) => !isRefusedAddress(url, address, ranOn),
          })
        : ({ kind: "failed", error: `refused:${refusal}` } as const);
    if (answer.kind === "failed") {
      record({ ...base, kind: "failure", at: now(), error: answer.error });
      throw new Error(`No answer from ${new URL(url).host} (${answer.error}).`);
    }
    const { status, body, redirectUrl, problem } = answer;
    record({
      ...base,
      kind: "response",
      at: now(),
      status,
      headers: answer.headers,
      ...(redirectUrl !== undefined && { redirectUrl }),
      ...(body && { body }),
      ...(problem !== undefined && { problem }),
    });
    const isEmpty = status === 204 || status === 205 || status === 304;
    return new Response(isEmpty ? null : (body?.text ?? ""), {
      status,
      headers: answer.headers.map(({ name, value }): [string, string] => [name, value]),
    });
  }

  return {
    for: (step, additional) => ({
      [oauth.customFetch]: (url, { method, headers, body }) =>
        exchange(step, url, method, lowerCase(headers), body === undefined || body === null ? undefined : String(body)),
      // Whether a host may be asked over http is decided where requests are refused, not by the library.
      [oauth.allowInsecureRequests]: true,
      additionalParameters: new URLSearchParams(additional),
    }),
    plain: (step, url, { method, headers, body }) => exchange(step, url, method, lowerCase(headers), body),
  };
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
