import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dialects } from "./dialects.ts";
import {
  bytesOf,
  diagnoseImport,
  type HarEntryData,
  importText,
  parseRecording,
  readHar,
  readRecording,
  recordings,
  verdictsOf,
} from "./recordings.ts";

const failing = "oidc-provider-nobody-listens.playwright.har";
const spoken = recordings.filter((name) => /(?:unknown-client|denied|nobody-listens|healthy)\.playwright/.test(name));

const filler = (index: number): HarEntryData => ({
  startedDateTime: "2026-01-05T09:00:00.000Z",
  time: 1,
  request: { method: "GET", url: `https://cdn.example/image-${index}.png`, headers: [], cookies: [] },
  response: {
    status: 200,
    headers: [],
    cookies: [],
    content: { size: 3, mimeType: "image/png", text: "AAAA", encoding: "base64" },
    redirectURL: "",
  },
  _resourceType: "image",
});

describe("recordings of real attempts", () => {
  it.each(recordings)("%s is one attempt with all its legs", async (name) => {
    const content = await importText(readRecording(name));
    const reports = diagnoseImport(content);
    expect(reports).toHaveLength(1);
    expect(reports[0]?.flow.legs).toHaveLength(content.entries.used);
    expect(content.problems).toEqual([]);
    expect(content.entries.read).toBe(content.entries.used + content.entries.setAside);
  });

  it.each(spoken.flatMap((name) => Object.keys(dialects).map((dialect) => [name, dialect] as const)))(
    "%s as %s would have written it gives the same verdicts",
    async (name, dialect) => {
      const recorded = parseRecording(name);
      const expected = verdictsOf(diagnoseImport(await importText(JSON.stringify(recorded))));
      const written = JSON.stringify(dialects[dialect]?.(recorded));
      const heard = verdictsOf(diagnoseImport(await importText(written)));
      expect(heard).toEqual(dialect === "Firefox" ? inFirefoxWords(expected) : expected);
    },
  );
});

const inFirefoxWords = (verdicts: ReturnType<typeof verdictsOf>) =>
  verdicts.map((verdict) => ({ ...verdict, legs: verdict.legs.map((leg) => leg.replace("net::ERR", "NS_ERROR")) }));

describe("the bytes of a file", () => {
  it.each([1, 7, 4096])("in pieces of %i bytes read the same", async (chunkSize) => {
    const text = readRecording(failing);
    expect(await importText(text, { chunkSize })).toEqual(await importText(text));
  });

  it("may be compressed, UTF-16, or begin with a byte order mark", async () => {
    const text = readRecording(failing);
    const expected = await importText(text);
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    for (const bytes of [new Uint8Array(gzipSync(text)), utf16, bytesOf(`\ufeff${text}`), utf16.slice(2)])
      expect(await importText(bytes)).toEqual(expected);
  });

  it("of a compressed file are counted while unpacking, so that a small bomb stops early", async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(20_000_000).fill(0x20)));
    const result = await readHar(bomb, { limits: { fileBytes: 1_000_000 } });
    expect(result).toEqual({ kind: "refused", problem: "The file is larger than 1 MB once unpacked." });
  });

  it.each([
    ["", "The file is empty."],
    ["   \n", "The file is empty."],
    ["<!doctype html><title>Sign in</title>", "This is a web page or XML, not a HAR file."],
    ["PK\u0003\u0004…", "This is a zip archive. Unpack it and import the .har file inside."],
    ["hello", "This is not a HAR file: it does not start with a JSON object."],
    ['{"data": []}', "This JSON file is not a HAR file: it has no `log`."],
    ['{"log": {"version": "1.2"}}', "This HAR file has no list of entries (`log.entries`)."],
    ['{"log": {"entries": 7}}', "This HAR file has no list of entries (`log.entries`)."],
    ['{"log": {"entr', "The file is not valid JSON and no entries could be recovered from it."],
    ["\u001f\u008b\b\u0000damaged", undefined],
  ])("%j is refused with a reason", async (text, problem) => {
    const result = await readHar(text.startsWith("\u001f") ? new Uint8Array(Buffer.from(text, "latin1")) : text);
    expect(result).toEqual({
      kind: "refused",
      problem: problem ?? "The file is compressed and the compressed data is damaged or cut off.",
    });
  });

  it("without entries is an empty recording, not a refusal", async () => {
    const content = await importText('{"log": {"version": "1.2", "entries": []}}');
    expect(content.entries).toEqual({ read: 0, used: 0, setAside: 0, unreadable: 0 });
  });
});

describe("what belongs to an attempt", () => {
  it("leaves the rest aside, counted, with nothing of it kept", async () => {
    const recorded = parseRecording(failing);
    const mixed = [...recorded.log.entries].flatMap((entry, index) => [entry, filler(index), filler(index + 100)]);
    const content = await importText(JSON.stringify({ log: { ...recorded.log, entries: mixed } }));
    const alone = await importText(readRecording(failing));
    expect(content.entries).toEqual({ read: 24, used: 8, setAside: 16, unreadable: 0 });
    expect(JSON.stringify(content.observations)).not.toContain("cdn.example");
    expect(verdictsOf(diagnoseImport(content))).toEqual(verdictsOf(diagnoseImport(alone)));
  });

  it("is not misled by what bodies say of types and requests", async () => {
    const recorded = parseRecording(failing);
    const lie = '{"_resourceType": "image", "request": 1, "mimeType": "image/png", "status": 200}';
    for (const { response } of recorded.log.entries) response.content.text &&= `${response.content.text}<!--${lie}-->`;
    expect((await importText(JSON.stringify(recorded))).entries.used).toBe(8);
  });

  it("leaves decorations aside in recordings that name no types", async () => {
    const recorded = parseRecording(failing);
    const untyped = Array.from({ length: 5 }, (_, index) => ({ ...filler(index), _resourceType: undefined }));
    const content = await importText(
      JSON.stringify({ log: { ...recorded.log, entries: [...untyped, ...recorded.log.entries] } }),
    );
    expect(content.entries).toEqual({ read: 13, used: 8, setAside: 5, unreadable: 0 });
  });

  it("keeps few of many authenticated calls", async () => {
    const recorded = parseRecording(failing);
    const call = (index: number): HarEntryData => ({
      ...filler(index),
      time: index,
      request: {
        method: "POST",
        url: "https://api.example/mcp",
        headers: [{ name: "Authorization", value: "Bearer 2YotnFZFEjr1zCsicMWpAA" }],
        cookies: [],
      },
      _resourceType: "fetch",
    });
    const calls = Array.from({ length: 50 }, (_, index) => call(index));
    const content = await importText(
      JSON.stringify({ log: { ...recorded.log, entries: [...recorded.log.entries, ...calls] } }),
    );
    expect(content.entries.setAside).toBe(47);
  });

  it("uses an entry that stands in it more than once only once, and says so", async () => {
    const recorded = parseRecording(failing);
    const twice = { log: { ...recorded.log, entries: recorded.log.entries.flatMap((entry) => [entry, entry]) } };
    const once = await importText(JSON.stringify(recorded));
    for (const indent of [0, 2]) {
      const content = await importText(JSON.stringify(twice, null, indent));
      expect(content.entries).toEqual({ read: 16, used: 8, setAside: 8, unreadable: 0 });
      expect(content.problems).toEqual(["8 entries repeat one before and were not used again."]);
      expect(verdictsOf(diagnoseImport(content))).toEqual(verdictsOf(diagnoseImport(once)));
    }
  });

  it("gives the same file the same name and observations, whoever imports it", async () => {
    const [one, other] = [await importText(readRecording(failing)), await importText(readRecording(failing))];
    expect(one.session).toMatch(/^import:[0-9a-f]{16}$/);
    expect(other.observations.map(({ id }) => id)).toEqual(one.observations.map(({ id }) => id));
    const third = await importText(readRecording("oidc-provider-denied.playwright.har"));
    expect(third.session).not.toBe(one.session);
  });
});

describe("limits", () => {
  it("cuts entries that are nested too deep, and counts them", async () => {
    const recorded = parseRecording(failing);
    const deep = `{"request":{"url":"https://a.example/authorize?client_id=1"},"x":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    const text = JSON.stringify(recorded).replace('"entries":[', `"entries":[${deep},`);
    const content = await importText(text);
    expect(content.entries.unreadable).toBe(1);
    expect(content.problems).toEqual(["1 entry nested deeper than 64 levels."]);
    expect(content.entries.used).toBe(8);
  });

  it("looks at so many entries and says that it stopped", async () => {
    const content = await importText(readRecording(failing), { limits: { entries: 3 } });
    expect(content.problems).toEqual([expect.stringContaining("Only the first 3 entries were looked at")]);
    expect(content.entries.used).toBe(3);
  });

  it("skips an entry that is too large", async () => {
    const recorded = parseRecording(failing);
    const large = { ...filler(1), padding: "x".repeat(2_000_000) };
    const content = await importText(
      JSON.stringify({ log: { ...recorded.log, entries: [large, ...recorded.log.entries] } }),
      { limits: { entryBytes: 1_000_000 } },
    );
    expect(content.problems).toEqual(["1 entry larger than 1 MB."]);
    expect(content.entries.used).toBe(8);
  });

  it("cuts long pages and says so in the observation", async () => {
    const recorded = parseRecording("oidc-provider-unknown-client.playwright.har");
    const [entry] = recorded.log.entries;
    if (entry) entry.response.content.text = `${entry.response.content.text}${" padding".repeat(200_000)}`;
    const content = await importText(JSON.stringify(recorded));
    expect(content.observations.find(({ kind }) => kind === "page")).toMatchObject({ isTruncated: true });
  });

  it("reports progress and stops when cancelled", async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const reading = importText(readRecording(failing), {
      chunkSize: 1000,
      signal: controller.signal,
      onProgress: ({ bytes }) => {
        seen.push(bytes);
        if (seen.length === 3) controller.abort(new Error("cancelled by the person"));
      },
    });
    await expect(reading).rejects.toThrow("cancelled by the person");
    expect(seen).toEqual([1000, 2000, 3000]);
  });
});

describe("what is not quite JSON", () => {
  const pretty = JSON.stringify(parseRecording(failing), null, 1);
  it.each([
    [
      "numbers that Python writes",
      pretty.replace(/"time": [\d.]+/g, '"time": NaN').replace('"send": 0', '"send": -Infinity'),
    ],
    ["commas behind the last element", pretty.replace(/([}\]"\d])\n(\s*)([}\]])/g, "$1,\n$2$3")],
    ["comments", pretty.replaceAll('"request": {', '/* "a", NaN */ "request": { // undefined\n')],
    ["a comment behind a last comma", pretty.replaceAll('"cache": {}', '"cache": {"x": "//", /* , */ }')],
    ["undefined", pretty.replaceAll('"cache": {}', '"cache": undefined')],
  ])("is read all the same: %s", async (_, text) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    const whole = await importText(pretty);
    expect(await importText(text)).toMatchObject({ entries: whole.entries });
  });

  it.each(['{"request":{"url":"', '{"a":"\\"', "/*", "//", ",", '"\\'])(
    "is given up in linear time: %j",
    async (part) => {
      const text = `{"log":{"entries":[{"request":{"url":"https://a.example/"},"x":${part.repeat(200_000)}}]}}`;
      expect(await readHar(text)).toBeDefined();
    },
  );

  it("gives of packed data that ends early or goes on too long what came out before", async () => {
    const packed = gzipSync(readRecording(failing).padEnd(900_000));
    expect(await readHar(new Uint8Array([...packed, 1, 2, 3]))).toMatchObject({ kind: "read", entries: { used: 8 } });
    expect(await readHar(packed.subarray(0, -20))).toMatchObject({ kind: "read", entries: { used: 8 } });
  });
});

describe("damaged files", () => {
  it("that were cut off keep what stands before the cut", async () => {
    const text = readRecording(failing);
    const content = await importText(text.slice(0, text.length * 0.6));
    expect(content.entries.used).toBeGreaterThan(2);
    expect(content.problems[0]).toBe("The file is cut off or damaged; the entries that could be read were used.");
    expect(content.creator).toBe("Playwright 1.65.1");
  });

  it.each(['"', "}", "]", "{", "[", "\\", ","])("lose no more than two entries to a stray %j", async (stray) => {
    const pretty = JSON.stringify(parseRecording(failing), null, 2);
    const whole = await importText(pretty);
    const at = pretty.indexOf('"response"', pretty.length / 2);
    const content = await importText(`${pretty.slice(0, at)}${stray}${pretty.slice(at)}`);
    expect(content.entries.used).toBeGreaterThanOrEqual(whole.entries.used - 2);
  });

  it("whose list of entries seems to end early keep the entries behind it", async () => {
    const pretty = JSON.stringify(parseRecording(failing), null, 2);
    const at = pretty.indexOf('"timings"', pretty.length / 2);
    const content = await importText(`${pretty.slice(0, at)}"x": 1}}]{${pretty.slice(at)}`);
    expect(content.entries.used).toBeGreaterThanOrEqual(6);
  });

  it("with a damaged beginning still give their entries", async () => {
    const text = readRecording(failing).replace('"log"', '"lo');
    expect((await importText(text)).entries.used).toBe(8);
  });

  it("with one entry that is no object keep the others", async () => {
    const text = readRecording(failing).replace(/"entries":\s*\[/, '"entries":[null, 7, "text", [], {}, ');
    const content = await importText(text);
    expect(content.entries).toMatchObject({ used: 8, unreadable: 5 });
    expect(content.problems).toEqual(["5 entries could not be read."]);
  });
});
