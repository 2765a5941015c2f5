import { readFileSync } from "node:fs";

/** A failure of a product whose source was read or run (`servers.jsonl`). `text` holds `{placeholders}`. */
export interface ServerRow {
  readonly product: string;
  readonly class: string;
  readonly where: "authorize_page" | "callback" | "token" | "register";
  readonly http_status: number | null;
  readonly content_type: string | null;
  readonly text: string | null;
  readonly callback_params: Readonly<Record<string, string>> | null;
  readonly redirects_back: boolean;
  readonly verified: boolean;
  readonly source: string;
}

/** A failure of a hosted service as quoted in public threads and manuals (`hosted.jsonl`). */
export interface HostedRow {
  readonly product: string;
  readonly provider: string;
  readonly class: string;
  readonly where: "authorize_page" | "callback" | "token" | "register" | "client_app" | "discovery";
  readonly http_status: string;
  readonly text: string;
  readonly callback_params: string;
  readonly verified: boolean;
  /** The words point at another cause than the real one. */
  readonly misleading: boolean;
  readonly text_basis: "quoted" | "docs_description" | "paraphrase" | "recalled";
  readonly source: string;
}

const read = (name: string): unknown[] =>
  readFileSync(new URL(`../fixtures/corpus/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

export const serverRows = read("servers") as readonly ServerRow[];
export const hostedRows = read("hosted") as readonly HostedRow[];
