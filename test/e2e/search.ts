import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** Every way a value is likely to be written down. */
function formsOf(value: string): readonly Buffer[] {
  const texts = new Set([
    value,
    encodeURIComponent(value),
    encodeURIComponent(encodeURIComponent(value)),
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
    Buffer.from(value).toString("base64url"),
    Buffer.from(value).toString("hex"),
    [...value].reverse().join(""),
  ]);
  return [...texts].flatMap((text) => [
    Buffer.from(text, "utf8"),
    // LevelDB keys and V8's two-byte strings.
    Buffer.from(text, "utf16le"),
    Buffer.from(text, "utf16le").swap16(),
  ]);
}

/** A search for many values at once, in text or bytes. */
export function createSearch(values: readonly { readonly kind: string; readonly value: string }[]) {
  const forms = values.map(({ kind, value }) => ({ kind, value, forms: formsOf(value) }));
  const inBytes = (bytes: Buffer) => forms.filter((each) => each.forms.some((form) => bytes.includes(form)));
  return {
    /** Kinds of the values that are in it, sorted. */
    inText: (text: string) => [...new Set(inBytes(Buffer.from(text)).map(({ kind }) => kind))].sort(),
    /** Paths, relative to the folder, of the files that hold one of the values, with their kinds. */
    async inFolder(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
      const found = new Map<string, readonly string[]>();
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const kinds = [...new Set(inBytes(await readFile(path)).map(({ kind }) => kind))].sort();
        if (kinds.length > 0) found.set(relative(folder, path), kinds);
      }
      return found;
    },
  };
}

/** Chromium numbers some of its files; which place it is does not depend on that. */
export const placeOf = (path: string): string => path.replace(/[0-9a-f]{8,}(_\d+)?|\d+/g, "*");
