import type { ExportFormat } from "@/lib/har/contents.ts";

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const strings = {
  title: "Export this attempt",
  loading: "Putting the file together",
  gone: "This attempt is no longer stored.",
  failed: "The file could not be put together. This is a fault in Hopscope, not in the attempt.",
  format: "Format",
  formats: {
    har: { name: "Trace (HAR)", meaning: "Opens in DevTools and other tools, and in Hopscope with the same report." },
    markdown: { name: "Report (Markdown)", meaning: "For a bug tracker: what failed, the evidence, who acts." },
    json: { name: "Report (JSON)", meaning: "For programs." },
  } satisfies Record<ExportFormat, { readonly name: string; readonly meaning: string }>,
  inFile: (entries: number) => `${plural(entries, "request", "requests")} in the trace`,
  inFileReport: (legs: number) => `A report on ${plural(legs, "leg", "legs")}`,
  legs: "Legs of this attempt",
  replaced: (count: number) =>
    count === 0 ? "No value had to be replaced." : `${plural(count, "value was", "values were")} replaced`,
  replacedList: "Replaced values, by the name of their parameter",
  times: (count: number) => `${count.toLocaleString("en")} ×`,
  leftOut: (count: number) =>
    count === 0
      ? "Nothing else is recorded."
      : `${plural(count, "recorded event", "recorded events")} outside this attempt ${count === 1 ? "stays" : "stay"} here.`,
  safety:
    "Codes, tokens, states, cookies and passwords were replaced before they were stored, so the file cannot hold them. Host names, client ids and redirect URIs are in it as they are.",
  save: "Save the file",
  cancel: "Cancel",
  close: "Close",
  more: (count: number) => `and ${count.toLocaleString("en")} more`,
} as const;
