import type { RungOutcome } from "@/lib/discovery/metadata-facts.ts";

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const strings = {
  name: "Hopscope",
  screens: { attempts: "Attempts" },
  navigation: "Screens",
  search: "Search server, client, finding or state",
  count: (shown: number, all: number) =>
    shown === all
      ? plural(all, "attempt", "attempts")
      : `${shown.toLocaleString("en")} of ${plural(all, "attempt", "attempts")}`,
  noMatch: "No attempt matches.",
  list: "Attempts, newest first",
  choose: {
    title: "Choose an attempt",
    text: "Its legs, what was sent and answered, and what was found are shown here.",
  },
  empty: {
    title: "No attempt recorded yet",
    text: "Start a connection in your client. Every authorization attempt on a site that you allowed appears here.",
  },
  loading: "Working out what happened",
  loadingList: "Reading what was recorded",
  gone: { title: "This attempt is no longer stored", text: "It was forgotten, or it became part of another attempt." },
  for: "for",
  views: { cause: "Cause", sequence: "Sequence", legs: "Legs", metadata: "Metadata" },
  recognised: "Server recognised as",
  started: "Started",
  lasted: "Lasted",
  milliseconds: (value: number) =>
    value < 1000 ? `${Math.round(value).toLocaleString("en")} ms` : `${(value / 1000).toFixed(1)} s`,
  sequence: {
    title: (server: string) => `Sequence of the attempt at ${server}`,
    brokeHere: "Broke here",
    copyMermaid: "Copy as Mermaid",
    copyPicture: "Copy as SVG",
    opens: "opens the request",
    steps: "Steps in words",
    noAnswer: "no answer was seen",
    to: "to",
  },
  legs: {
    after: "After",
    duration: "took",
    none: "No leg was seen.",
    url: "Address",
    redirect: "Redirects to",
    error: "Network error",
    problem: "Reading stopped",
    repeats: (count: number) => `The browser repeated it ${count === 1 ? "once" : `${count} times`} by itself`,
    initiator: "Started by",
    query: "Parameters in the address",
    fields: "Fields sent",
    requestHeaders: "Request headers",
    headers: "Response headers",
    body: "Fields of the answer",
    bodyOther: "Body of the answer",
    cookies: "Cookies set",
    page: "What the page said",
    gap: "Something was missed here",
    details: "Details",
  },
  metadata: {
    explanation:
      "The places a client may look for metadata, in the order asked, and what was found at each. Only what was asked is listed.",
    none: "No metadata request was seen or made for this attempt.",
    taken: "Used",
    askedBy: { client: "asked by the client", hopscope: "asked by Hopscope" },
    why: "Why here",
    document: (members: number) => `Document (${plural(members, "member", "members")})`,
    problems: (count: number) => plural(count, "problem in it", "problems in it"),
    demanded: "must be here",
    outcomes: {
      accepted: "Found",
      challenged: "Challenged",
      notChallenged: "No challenge",
      absent: "Not there",
      denied: "Behind a login",
      redirected: "Redirected",
      serverError: "Server error",
      notJson: "Not JSON",
      unusable: "Unusable",
      tooLarge: "Too large",
      timedOut: "No answer in time",
      unreachable: "Unreachable",
      notAsked: "Not asked",
      unread: "Not readable",
      otherStatus: "Other status",
    } satisfies Record<RungOutcome, string>,
  },
} as const;
