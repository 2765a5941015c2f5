import type { Access } from "@/lib/report/summary.ts";

export const strings = {
  title: "When a connection fails in the browser, Hopscope says which hop broke, and why",
  lead: "It watches OAuth and MCP authorization attempts as they pass through your tabs, works out what went wrong from what was really seen, and says who has to change what.",
  access: {
    title: "Where may it watch?",
    text: "Until you choose, it sees no site at all. You can change this at any time, here or in the browser’s own settings.",
    all: {
      title: "On every site",
      text: "Works with servers you have not met yet. Only authorization attempts are recorded; all other pages are passed over.",
      button: "Allow on every site",
      done: "Allowed on every site",
    },
    some: {
      title: "Only on these sites",
      text: "A leg on any other site is not seen. Name the authorization server’s host, and the client’s if it is a web application.",
      label: "Hosts, one on each line",
      example: "auth.example.com",
      button: "Allow on these sites",
      invalid: (line: string) => `“${line}” is not a host. Write it like auth.example.com.`,
      none: "Name at least one host.",
    },
    states: {
      all: "Hopscope may watch on every site.",
      some: "Hopscope may watch on the sites you chose.",
      withheld: "Access was taken back. No new attempt is seen until you choose again.",
      none: "Hopscope may not see any site yet.",
    } satisfies Record<Access, string>,
    later: "Not now? Opening Hopscope on an error page explains that page without any of this.",
  },
  next: {
    title: "What to do next",
    steps: [
      "Put Hopscope’s icon where you see it: the puzzle piece in the toolbar, then the pin.",
      "Connect in your client as always. It opens a page in this browser.",
      "When it fails, click the icon, or press Alt+Shift+H. A red number on it counts what failed.",
    ],
  },
  watched: {
    title: "What is watched",
    items: [
      "The addresses, statuses and redirects of authorization attempts in your tabs.",
      "The words on an authorization server’s page, to recognise its error message.",
      "The server’s public metadata: asked for without credentials, and only after an attempt failed or when you open one.",
    ],
  },
  kept: {
    title: "What never leaves this computer",
    items: [
      "All of it. There is no account, no telemetry and no server of ours.",
      "Passwords are never recorded. Codes, tokens and states are replaced before anything is stored; they cannot be read back.",
      "A report or an exported trace leaves only when you copy or save it, and it holds the same replaced values.",
    ],
  },
  sample: {
    title: "What an explanation looks like",
    text: "A made-up attempt:",
    loading: "Preparing the sample",
  },
} as const;
