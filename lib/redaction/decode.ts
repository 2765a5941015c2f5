import type { VariantName } from "@/lib/exchange/observation.ts";

const mostLayers = 4;

/** Percent-decoding that keeps what is not valid instead of throwing. */
export function decodePercent(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescapeHtml = (value: string): string =>
  value.includes("&")
    ? value.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
        if (typeof name === "string") return entities[name.toLowerCase()] ?? whole;
        const point = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      })
    : value;

/**
 * What `state` becomes under the damage that servers do to it: echoed without decoding, `+` taken for a space, HTML
 * escapes undone, decoded twice, cut at a column width. Only those that differ from the value.
 */
export function deriveVariants(value: string, raw: string): readonly (readonly [VariantName, string])[] {
  const all: readonly (readonly [VariantName, string])[] = [
    ["raw", raw],
    ["plus-as-space", value.replaceAll("+", " ")],
    ["html-unescaped", unescapeHtml(value)],
    ["decoded-twice", decodePercent(value)],
    ["prefix-255", value.slice(0, 255)],
    ["prefix-256", value.slice(0, 256)],
    ["prefix-512", value.slice(0, 512)],
  ];
  return all.filter(([, variant]) => variant !== value && variant !== "");
}

/** Percent-decodes until nothing changes, four times at most. */
export function decodeLayers(value: string): { readonly text: string; readonly layers: number } {
  let text = value;
  let layers = 0;
  while (layers < mostLayers && text.includes("%")) {
    const decoded = decodePercent(text);
    if (decoded === text) break;
    text = decoded;
    layers += 1;
  }
  return { text, layers };
}
