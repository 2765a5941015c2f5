import type { Fingerprint, Parameter } from "@/lib/exchange/observation.ts";
import { measure, type PrintParameter, printUrl } from "@/lib/exchange/print.ts";
import type { Flow } from "./flow.ts";

/**
 * Prints replaced values as ordinals by parameter name in order of appearance in the flow: `state 1 (43 characters,
 * base64url)`. Equal values get equal ordinals, so a report needs no key and is the same for raw and redacted input.
 */
export function labelValues(flow: Flow): PrintParameter {
  const ordinals = new Map<string, number>();
  const counts = new Map<string, number>();
  const number = (name: string, fingerprint: Fingerprint) => {
    const key = `${name} ${fingerprint}`;
    const known = ordinals.get(key);
    if (known !== undefined) return known;
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    ordinals.set(key, next);
    return next;
  };
  const print: PrintParameter = ({ name, value }) => {
    switch (value.kind) {
      case "clear":
        return value.value;
      case "url":
        return printUrl(value.url, print);
      case "secret":
        return value.fingerprint === undefined
          ? `${name} (${measure(value)})`
          : `${name} ${number(name, value.fingerprint)} (${measure(value)})`;
    }
  };
  // Numbered here and now, in the order of the legs, whatever is printed first later.
  for (const { exchange } of flow.legs) {
    const urls = [exchange.url, exchange.redirect];
    for (const parameter of [...urls.flatMap((url) => url?.parameters ?? []), ...exchange.requestFields])
      visit(parameter);
    if (exchange.body?.kind === "fields") for (const parameter of exchange.body.fields) visit(parameter);
  }
  function visit(parameter: Parameter): void {
    if (parameter.value.kind === "secret" && parameter.value.fingerprint !== undefined)
      number(parameter.name, parameter.value.fingerprint);
    if (parameter.value.kind === "url") for (const nested of parameter.value.url.parameters) visit(nested);
  }
  return print;
}
