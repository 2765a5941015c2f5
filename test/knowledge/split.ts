import { createHash } from "node:crypto";

/** Products that print each other's texts: the split must not separate them. */
const families: Readonly<Record<string, string>> = {
  "fastmcp-python": "mcp-python-sdk",
  "ory-fosite": "ory-hydra",
  gitlab: "doorkeeper",
  identityserver3: "duende-identityserver",
};

const familyOf = (product: string): string => families[product] ?? product;

const heldOutShare = 0.37;

export interface Split {
  readonly learn: readonly string[];
  readonly heldOut: readonly string[];
}

/**
 * Families in the order of the SHA-256 of their names; the first ones are held out until both the products and the
 * rows of the corpus reach the share. `already` fixes the side of products that an earlier corpus decided.
 */
export function splitByHash(rows: readonly { readonly product: string }[], already: Split): Split {
  const products = [...new Set(rows.map((row) => row.product))].sort();
  const byHash = (family: string) => createHash("sha256").update(family).digest("hex");
  const decided = new Map([
    ...already.learn.map((product) => [familyOf(product), false] as const),
    ...already.heldOut.map((product) => [familyOf(product), true] as const),
  ]);
  const open = [...new Set(products.map(familyOf))]
    .filter((family) => !decided.has(family))
    .sort((a, b) => (byHash(a) < byHash(b) ? -1 : 1));
  const isHeldOut = (product: string) => decided.get(familyOf(product)) === true;
  const isEnough = () =>
    products.filter(isHeldOut).length >= heldOutShare * products.length &&
    rows.filter((row) => isHeldOut(row.product)).length >= heldOutShare * rows.length;
  for (const family of open) decided.set(family, !isEnough());
  const all = [...new Set([...products, ...already.learn, ...already.heldOut])].sort();
  return { learn: all.filter((product) => !isHeldOut(product)), heldOut: all.filter(isHeldOut) };
}
