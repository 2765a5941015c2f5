import fc from "fast-check";
import { expect, it } from "vitest";
import { compareIssuers } from "@/lib/oauth/issuer.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { parseChallenges } from "@/lib/oauth/www-authenticate.ts";
import {
  challenge,
  check,
  mcpUrl,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../discovery/web.ts";

const memberNames = [
  ...Object.keys(serverDocument),
  "resource",
  "authorization_servers",
  "client_id_metadata_document_supported",
];
const document = fc.dictionary(
  fc.constantFrom(...memberNames),
  fc.oneof(fc.jsonValue(), fc.webUrl(), fc.array(fc.webUrl()), fc.constantFrom(...Object.values(serverDocument))),
);

it("reads any challenge without failing, and finds again what was written by the rules", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (field) => parseChallenges(field).challenges.length >= 0));
  const token = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/);
  const parameters = fc.array(fc.tuple(token, fc.string()), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(token, parameters), { minLength: 1, maxLength: 4 }), (challenges) => {
      const field = challenges
        .map(
          ([scheme, list]) =>
            `${scheme} ${list.map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`).join(", ")}`,
        )
        .join(", ");
      const parsed = parseChallenges(field);
      expect(
        parsed.challenges.map(({ scheme, parameters: list }) => [scheme, list.map(({ name, value }) => [name, value])]),
      ).toEqual(challenges);
      expect(parsed.problems).toEqual([]);
    }),
  );
});

it("compares any two strings as issuers: identical only when equal, and the same both ways", () => {
  const text = fc.oneof(fc.webUrl(), fc.string());
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [there, back] = [compareIssuers(left, right), compareIssuers(right, left)];
      expect(there.verdict === "identical").toBe(left === right);
      expect(there.verdict === "different" && [...there.differences].sort()).toEqual(
        back.verdict === "different" && [...back.differences].sort(),
      );
    }),
  );
});

it("reads any JSON as metadata", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(parseServerMetadata(value).problems)));
});

it("climbs any web without a fault, and sends nothing to a host that is not public", async () => {
  await fc.assert(
    fc.asyncProperty(document, document, fc.integer({ min: 100, max: 599 }), async (resource, server, status) => {
      const { report, requests } = await check(mcpUrl, {
        [`POST ${mcpUrl}`]: challenge,
        [resourceUrl]: { json: { ...resourceDocument, ...resource } },
        [serverUrl]: { status, json: server },
      });
      expect(report.diagnosis.faults).toEqual([]);
      expect(requests.length).toBeLessThanOrEqual(16);
      expect(requests.filter(({ url }) => url.startsWith("http:"))).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 120_000);
