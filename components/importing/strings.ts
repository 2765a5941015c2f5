const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const megabytes = (bytes: number) =>
  bytes < 100_000
    ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("en")} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;

export const strings = {
  title: "Import a trace",
  lead: "A HAR file of the attempt that failed, from anybody’s browser. It is read on this computer, secrets are replaced before anything is shown, and nothing is stored until you keep it.",
  drop: "Drop HAR files here",
  choose: "Choose files",
  accepts:
    "From DevTools, Firefox, Safari, Playwright, mitmproxy, Charles or Hopscope; .har or .har.gz, one or several.",
  caps: ({ fileBytes, entries }: { readonly fileBytes: number; readonly entries: number }) =>
    `At most ${Math.round(fileBytes / 1_000_000)} MB a file after unpacking, and ${entries.toLocaleString("en")} entries that have to do with authorization.`,
  how: "How to save one",
  howSteps: [
    "In Chrome or Edge: open DevTools (F12), the Network panel, tick “Preserve log”, run the attempt, then “Export HAR”.",
    "In Firefox: the same panel with “Persist Logs”; right-click the list and “Save All As HAR”.",
    "In Playwright: recordHar in the options of the browser context.",
  ],
  reading: (name: string) => `Reading ${name}`,
  readingOf: (number: number, all: number) => `File ${number} of ${all}`,
  progress: (bytes: number, size: number, entries: number) =>
    `${megabytes(bytes)} of ${megabytes(size)}, ${plural(entries, "entry", "entries")} so far`,
  progressPacked: (bytes: number, entries: number) =>
    `${megabytes(bytes)} unpacked, ${plural(entries, "entry", "entries")} so far`,
  comparing: "Working out what happened",
  cancel: "Cancel",
  cancelled: "Cancelled. Nothing of these files was kept.",
  opened: "Open recordings",
  size: megabytes,
  writtenBy: "Written by",
  counts: {
    attempts: (count: number) => plural(count, "attempt", "attempts"),
    used: "Entries used",
    usedMeaning: "part of an authorization attempt",
    setAside: "Set aside",
    setAsideMeaning: "nothing to do with OAuth; nothing of them was kept",
    unreadable: "Unreadable",
    unreadableMeaning: "left out; the others were used",
    read: "Entries in the file",
  },
  problems: "What was left out",
  noAttempt: "No authorization attempt was found in this file.",
  noAttemptHint:
    "The recording may have begun after the attempt, or hold only part of it. Record again from before the first click.",
  refused: "This file could not be read",
  attemptsIn: "Attempts in it",
  for: "for",
  more: (count: number) => `${plural(count, "more attempt is", "more attempts are")} in the list of attempts.`,
  keep: "Keep in this browser",
  keepMeaning: "Until then they are gone when this page is closed. Kept attempts stay until you forget them.",
  kept: "Kept in this browser",
  compared: (files: number) =>
    `Attempts of one client at one authorization server are compared across all ${files.toLocaleString("en")} recordings: one person’s failure may explain another’s.`,
} as const;
