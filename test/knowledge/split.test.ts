import { expect, test } from "vitest";
import { hostedRows, serverRows } from "./corpus.ts";
import split from "./split.json" with { type: "json" };
import { splitByHash } from "./split.ts";

test("the split is the one the hash of the product names gives, not one made by hand", () => {
  const bySource = splitByHash(serverRows, { learn: [], heldOut: [] });
  expect(split).toEqual(splitByHash(hostedRows, bySource));
});

test.each([
  ["servers", serverRows],
  ["hosted", hostedRows],
] as const)("at least 35 %% of the products and rows of %s are held out", (_, rows) => {
  const heldOut = new Set(split.heldOut);
  const products = [...new Set(rows.map((row) => row.product))];
  expect(products.filter((product) => heldOut.has(product)).length / products.length).toBeGreaterThanOrEqual(0.35);
  expect(rows.filter((row) => heldOut.has(row.product)).length / rows.length).toBeGreaterThanOrEqual(0.35);
});
