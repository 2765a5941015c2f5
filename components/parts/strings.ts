import type { Certainty, FlowState, Severity } from "@/lib/diagnosis/rule.ts";
import type { Actor } from "@/lib/servers/server.ts";

export const strings = {
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Could not copy",
  copyNamed: (what: string) => `Copy ${what}`,
  languages: {
    python: "Python",
    json: "JSON",
    shell: "Shell",
    sh: "Shell",
    yaml: "YAML",
    ts: "TypeScript",
  } as Readonly<Record<string, string>>,
  isNew: "New",
  showAll: (length: number) => `Show all ${length.toLocaleString("en")} characters`,
  showLess: "Shorten",
  mixedAlphabets: "mixed alphabets",
  mixedAlphabetsMeaning: "A word here mixes Latin letters with letters that only look Latin",
  masked: (length: number) => `‹${length.toLocaleString("en")} ${length === 1 ? "character" : "characters"}›`,
  invisible: (codePoint: string) => `invisible character ${codePoint}`,
  keep: "Keep",
  states: {
    connected: "Connected",
    "code-delivered": "Code delivered",
    "not-connected": "Not connected",
    "in-progress": "In progress",
    incomplete: "Incomplete",
  } satisfies Record<FlowState, string>,
  stateMeanings: {
    connected: "A token answer or an authenticated request was seen.",
    "code-delivered": "The client got its code. The token request that follows runs where a browser cannot see it.",
    "not-connected": "The attempt failed.",
    "in-progress": "The attempt is still going on.",
    incomplete: "The attempt stopped, or part of it could not be seen, so its outcome is not known.",
  } satisfies Record<FlowState, string>,
  certainties: { proven: "Proven", likely: "Likely", possible: "Possible" } satisfies Record<Certainty, string>,
  certaintyMeanings: {
    proven: "A contradiction or a test shows it.",
    likely: "Words or traits known to mean this.",
    possible: "Words that several causes share.",
  } satisfies Record<Certainty, string>,
  severities: { error: "Failure", warning: "Advice", info: "Note" } satisfies Record<Severity, string>,
  actors: {
    client: "Client",
    "authorization server": "Authorization server",
    operator: "Operator",
    user: "You",
  } satisfies Record<Actor, string>,
  failed: {
    title: "Hopscope itself failed",
    explanation:
      "This is a fault in Hopscope, not in the attempt you are looking at. What was recorded is kept. The details below hold no values from your sites.",
    copy: "Copy details",
    again: "Try again",
  },
} as const;
