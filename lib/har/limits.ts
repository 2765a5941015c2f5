export interface ImportLimits {
  /** Bytes of the file, after unpacking. */
  readonly fileBytes: number;
  /** Bytes of one entry. */
  readonly entryBytes: number;
  /** Entries that may have to do with an authorization attempt. */
  readonly entries: number;
  /** Levels of nesting within one entry. */
  readonly depth: number;
  /** Characters of one body. */
  readonly body: number;
}

export const importLimits: ImportLimits = {
  fileBytes: 256_000_000,
  entryBytes: 64_000_000,
  entries: 25_000,
  depth: 64,
  body: 1_000_000,
};
