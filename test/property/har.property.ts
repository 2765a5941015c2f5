import fc from "fast-check";
import { expect, it } from "vitest";
import { buildHar, printHar } from "@/lib/har/export.ts";
import { bytesOf, diagnoseImport, exportImport, importText, parseRecording, readHar } from "../har/recordings.ts";

const recorded = parseRecording("mcp-typescript-sdk-denied.playwright.har");
for (const { request, response } of recorded.log.entries) {
  request.headers = request.headers.slice(0, 3);
  response.headers = response.headers.slice(0, 3);
}
const total = recorded.log.entries.length;
const file = bytesOf(JSON.stringify(recorded, null, 1));

type Edit = { readonly kind: "replace" | "insert" | "remove"; readonly at: number; readonly bytes: readonly number[] };
const structural = [...'{}[]",:\\\n0 e-'].map((character) => character.charCodeAt(0));
const anyByte = fc.oneof(fc.constantFrom(...structural), fc.integer({ min: 0, max: 255 }));
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("replace", "insert", "remove"),
  at: fc.nat(file.length - 1),
  bytes: fc.array(anyByte, { minLength: 1, maxLength: 4 }),
});

function apply(bytes: Uint8Array, { kind, at, bytes: written }: Edit): Uint8Array {
  const before = bytes.subarray(0, Math.min(at, bytes.length));
  const skipped = kind === "insert" ? 0 : written.length;
  const after = bytes.subarray(Math.min(at + skipped, bytes.length));
  return new Uint8Array([...before, ...(kind === "remove" ? [] : written), ...after]);
}

it("one damage anywhere costs at most two entries", async () => {
  await fc.assert(
    fc.asyncProperty(edit, async (one) => {
      const result = await readHar(apply(file, one));
      expect(result.kind === "read" ? result.entries.read - result.entries.unreadable : 0).toBeGreaterThanOrEqual(
        total - 2,
      );
    }),
    { numRuns: 4000 },
  );
}, 600_000);

it("any damage is read or refused, never thrown, and what is read can be diagnosed and exported", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 12 }), fc.nat(file.length), async (edits, end) => {
      const result = await readHar(edits.reduce(apply, file).subarray(0, Math.max(end, 200)));
      if (result.kind === "refused") expect(result.problem).not.toBe("");
      else expect((await importText(exportImport(result))).entries).toEqual(result.entries);
    }),
    { numRuns: 4000 },
  );
}, 600_000);

it("any JSON is read or refused, never thrown", async () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const har = fc.record({
    log: fc.record(
      { creator: value, pages: value, _hopscope: value, entries: fc.array(fc.oneof(value, entryLike(value))) },
      { requiredKeys: [] },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(value, har), async (any) => {
      const result = await readHar(JSON.stringify(any) ?? "");
      if (result.kind === "refused") return;
      const reports = diagnoseImport(result);
      printHar(buildHar({ observations: result.observations, reports, asOf: result.asOf, version: "1.0.0" }));
    }),
    { numRuns: 2000 },
  );
}, 600_000);

function entryLike(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const url = fc.oneof(
    fc
      .webUrl({ withQueryParameters: true, withFragments: true })
      .map((one) => `${one}&client_id=1&redirect_uri=${one}`),
    fc.string().map((one) => `https://as.example/authorize?client_id=1&response_type=code&state=${one}`),
    fc.constantFrom("app:/cb?code=1&state=2", "https://[::1", "https:", "http://a.example:99999/?client_id=1"),
  );
  return fc.record(
    {
      startedDateTime: fc.oneof(value, fc.constantFrom("2026-01-05T09:00:00Z", "275760-09-13T00:00:00Z", "-1")),
      time: fc.oneof(value, fc.double()),
      request: fc.record({
        url,
        method: value,
        headers: fc.oneof(value, fc.array(fc.record({ name: fc.string(), value: fc.string() }))),
        postData: fc.oneof(value, fc.record({ mimeType: fc.constant("application/x-www-form-urlencoded"), text: url })),
      }),
      response: fc.oneof(
        value,
        fc.record({
          status: fc.oneof(value, fc.integer({ min: 100, max: 599 })),
          redirectURL: fc.oneof(value, url),
          content: fc.oneof(
            value,
            fc.record({ mimeType: fc.constantFrom("text/html", "application/json"), text: url }),
          ),
          headers: value,
          cookies: value,
        }),
      ),
    },
    { requiredKeys: ["request"] },
  );
}
