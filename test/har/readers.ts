import { createRequire } from "node:module";
import { HarValidator } from "@har-sdk/validator";
import type { Har } from "har-format";
import { generateSpec } from "har-to-openapi";

const require = createRequire(import.meta.url);

/** Other people's readers of HAR files: each rejects or throws for what it cannot read. */
export const readers: Readonly<Record<string, (har: Har) => Promise<unknown> | unknown>> = {
  "har-validator": (har) => (require("har-validator") as { har(data: unknown): Promise<unknown> }).har(har),
  "@har-sdk/validator": async (har) => {
    const errors = await new HarValidator().verify(har as never);
    if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  },
  pagexray: (har) => (require("pagexray") as { convert(data: unknown): unknown }).convert(har),
  "har-to-k6": async (har) => {
    const { liHARToK6Script } = require("har-to-k6") as { liHARToK6Script(data: unknown): Promise<{ main: string }> };
    const { main } = await liHARToK6Script(har);
    for (const { request } of har.log.entries)
      if (!main.includes(new URL(request.url).host)) throw new Error(`${request.url} is missing`);
  },
  "har-to-openapi": async (har) => {
    const { spec } = await generateSpec(har, { forceAllRequestsInSameSpec: true });
    if (Object.keys(spec.paths ?? {}).length === 0) throw new Error("no path was read");
  },
};
