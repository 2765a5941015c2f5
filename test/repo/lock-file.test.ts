import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}
const { packages }: Locked = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"));

/** Where Node looks for a package that another one names, nearest first. */
function placesOf(from: string, name: string): string[] {
  const folders = from.split("/node_modules/");
  return folders
    .map((_, left) => [...folders.slice(0, folders.length - left), name].join("/node_modules/"))
    .concat(`node_modules/${name}`);
}

// npm leaves out what the registry does not serve at that moment, and `npm ci` then refuses the lock, here or on other platforms.
test("every platform's optional packages have their entry", () => {
  const named = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ from, name })),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ from, name }) => !placesOf(from, name).some((place) => place in packages))).toEqual([]);
});
