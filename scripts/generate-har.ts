import { readFileSync } from "node:fs";

const fixture = new URL("../test/fixtures/har/oidc-provider-healthy.playwright.har", import.meta.url);
const attempt = (JSON.parse(readFileSync(fixture, "utf8")) as { log: { entries: Entry[] } }).log.entries;
const recordedAt = Date.parse(attempt[0]?.startedDateTime ?? "");
const script = 'function a(b,c){return b+c*"x".length}\n/* "quoted" \\n */ var token={a:1,b:[1,2,3]};'.repeat(200);

interface Entry {
  startedDateTime: string;
}

/**
 * A recording of so many megabytes: copies of one real attempt, each with times and secrets of its own, every nth entry, among
 * entries of an ordinary page.
 */
export function generate(megabytes: number, everyNth: number): Uint8Array {
  const parts: string[] = ['{"log":{"version":"1.2","creator":{"name":"Bench","version":"1"},"entries":['];
  let size = 0;
  let copies = 0;
  for (let at = 0; size < megabytes * 1e6; copies += 1) {
    for (const entry of attempt) {
      const text = personalise(entry, copies, at);
      parts.push(size === 0 ? text : `,${text}`);
      size += text.length + 1;
      at += 1;
      for (let filler = 1; filler < everyNth && size < megabytes * 1e6; filler += 1) {
        const other = ordinaryEntry(at);
        parts.push(`,${other}`);
        size += other.length + 1;
        at += 1;
      }
    }
  }
  parts.push("]}}");
  return new TextEncoder().encode(parts.join(""));
}

function personalise(entry: Entry, copy: number, at: number): string {
  const startedDateTime = new Date(recordedAt + copy * 60_000 + (Date.parse(entry.startedDateTime) - recordedAt));
  const mark = copy.toString(36).padStart(4, "0");
  return (
    JSON.stringify({ ...entry, startedDateTime: startedDateTime.toISOString(), _number: at }, null, 2)
      // Long runs of the base64url alphabet are this attempt's secrets: another attempt, other secrets.
      .replace(
        /(?<=(?:state|code|nonce|code_challenge|interaction)[=/])[\w-]{16,}/g,
        (secret) => mark + secret.slice(4),
      )
  );
}

function ordinaryEntry(at: number): string {
  const body = script.slice(0, 500 + ((at * 7919) % 11_000));
  const headers = (prefix: string) =>
    Array.from({ length: 12 }, (_, index) => ({
      name: `${prefix}-${index}`,
      value: `a value that is rather long; q=0.${index}`,
    }));
  return JSON.stringify(
    {
      _resourceType: "script",
      startedDateTime: new Date(recordedAt + at * 50).toISOString(),
      time: 12.3,
      request: {
        method: "GET",
        url: `https://cdn${at % 9}.example.com/assets/chunk.${at}.js?v=${at}`,
        httpVersion: "h2",
        headers: headers("request"),
        queryString: [{ name: "v", value: String(at) }],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: "",
        httpVersion: "h2",
        headers: headers("response"),
        cookies: [],
        content: { size: body.length, mimeType: "application/javascript", text: body },
        redirectURL: "",
        headersSize: -1,
        bodySize: 0,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 2 },
    },
    null,
    2,
  );
}
