import type { Access } from "@/lib/report/summary.ts";

export const strings = {
  title: "Settings",
  lead: "What Hopscope watches, keeps and asks. Everything stays in this browser.",
  loading: "Reading the settings",
  recording: {
    title: "Recording",
    paused: "Pause",
    pausedMeaning: "While paused nothing is recorded; attempts made meanwhile stay unknown.",
  },
  access: {
    title: "Site access",
    meaning: "Legs on a site that is not listed here are not seen; the browser enforces it.",
    states: {
      all: "Every site.",
      some: "These sites only.",
      withheld: "None: access was taken back, so no new attempt is seen.",
      none: "None yet, so no attempt is seen.",
    } satisfies Record<Access, string>,
    sites: "Sites that may be watched",
    everySite: "every site",
    revoke: "Take back",
    revokeNamed: (site: string) => `Take back ${site}`,
    allowAll: "Allow on every site",
    allowSome: "Choose sites",
  },
  ignored: {
    title: "Ignored sites",
    meaning: "Nothing on these sites and the hosts below them is recorded, whatever the browser allows.",
    none: "No site is ignored.",
    list: "Ignored sites",
    remove: "Watch again",
    removeNamed: (site: string) => `Watch again: ${site}`,
    add: "Ignore a site",
    example: "internal.example.com",
    button: "Ignore",
    invalid: (line: string) => `“${line}” is not a host. Write it like internal.example.com.`,
    forgets: "Attempts there that are already recorded are forgotten.",
  },
  metadata: {
    title: "Metadata",
    label: "Fetch a server’s public metadata by itself",
    meaning:
      "After an attempt failed, or when you open one, its server’s metadata documents are asked for: without credentials, only from sites you allowed, never in a private window. Switched off, nothing is sent by itself.",
  },
  retention: {
    title: "How long attempts are kept",
    label: "Attempts that did not fail",
    meaning: "A list of every sign-in is a login history nobody asked for, so these are dropped.",
    choices: [
      { days: 0, name: "until the hourly clean-up" },
      { days: 1, name: "1 day" },
      { days: 7, name: "7 days" },
      { days: 30, name: "30 days" },
    ],
    other: (days: number) => `${days} days`,
    failed: "Failed attempts and recordings that you kept stay until you forget them.",
    cap: (observations: number) =>
      `At most ${observations.toLocaleString("en")} recorded events are kept, some ${(Math.round(observations / 1_200) * 100).toLocaleString("en")} attempts, and at most 2,000 of one attempt; beyond that the oldest go first, those that went well before those that failed.`,
  },
  notifications: {
    title: "Notifications",
    label: "Show a system notification for each new alert",
    meaning:
      "Off unless you switch it on; the browser asks for the permission then. It names the server, the client and the error code.",
    refused: "The browser did not give the permission, so this stays off.",
  },
  everything: {
    title: "Everything recorded",
    label: "Forget everything",
    question: "Forget every attempt, alert and server? This cannot be taken back.",
    confirm: "Forget everything",
    meaning: "Removes all attempts, alerts, read marks and what is known of servers. Settings stay.",
    done: "Everything recorded was forgotten.",
  },
} as const;
