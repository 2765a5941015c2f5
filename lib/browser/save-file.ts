import type { ExportFormat } from "@/lib/har/contents.ts";

const types: Readonly<Record<ExportFormat, { readonly ending: string; readonly type: string }>> = {
  har: { ending: "har", type: "application/json" },
  markdown: { ending: "md", type: "text/markdown" },
  json: { ending: "json", type: "application/json" },
};

/** Saves what the user looked at in the preview. Only a page can. */
export function saveFile(format: ExportFormat, text: string): void {
  const { ending, type } = types[format];
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  // A fixed form: nothing from a server gets into a file name.
  link.download = `hopscope-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${ending}`;
  link.click();
  URL.revokeObjectURL(address);
}
