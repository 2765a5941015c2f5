import type { FlowState } from "@/lib/diagnosis/rule.ts";
import type { LegRole } from "@/lib/trace/flow.ts";

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const strings = {
  certainty: "How sure",
  whoActs: "Who must act",
  followedBy: "then",
  evidence: "What was seen",
  moreEvidence: "What else was seen",
  fix: "What to do",
  why: "Why this fails",
  references: "Defined in",
  more: "More about this finding",
  rivals: "Could also be",
  separatedBy: "What would tell them apart:",
  unsettled: (count: number) => plural(count, "question stays open", "questions stay open"),
  cannotTell: "Cannot tell:",
  settledBy: "What would settle it:",
  others: (count: number) => plural(count, "other finding", "other findings"),
  folded: "Follows from the finding above",
  parameters: (count: number) => `What the client asked for (${plural(count, "parameter", "parameters")})`,
  parametersHidden: {
    request: "Most of the request is inside a signed request object (RFC 9101) that is not read here.",
    request_uri:
      "Most of the request was pushed to the server beforehand (RFC 9126) and cannot be seen in the browser.",
  },
  parameterColumns: { name: "Parameter", value: "Value", meaning: "Meaning", verdict: "Against metadata" },
  noValue: "(empty)",
  sentTwice: "sent more than once",
  verdicts: {
    listed: (source: string) => `Listed in ${source}`,
    notListed: (source: string) => `Not in ${source}`,
    lists: "It lists",
    noMetadata: "No metadata seen",
    stateReturned: "Came back unchanged",
    stateChanged: "Came back changed",
    stateAbsent: "Did not come back",
    redundant: "Nothing to compare",
  },
  sources: {
    server: "the server’s metadata",
    client: "the client’s metadata document",
    resource: "the resource’s metadata",
  },
  comparison: {
    differs: "the marked characters differ",
    same: "no character differs",
    apart: "these two do not fit together",
  },
  nothing: "(nothing)",
  gaps: (count: number) => plural(count, "gap in this attempt", "gaps in this attempt"),
  gapReasons: {
    "worker-started-late": "Hopscope was woken after the attempt had begun",
    "access-withheld": "Hopscope has no access to this site",
    quota: "The storage was full",
    truncated: "The content was longer than what is kept",
    "page-text-unreadable": "The text of the page could not be read",
    "request-unreadable": "The browser does not show what a page sent to a server",
    "browser-restarted": "The browser was restarted in between",
    paused: "Hopscope was paused",
  } as Readonly<Record<string, string>>,
  faults: (count: number) =>
    `${plural(count, "check of Hopscope itself failed", "checks of Hopscope itself failed")} on this attempt`,
  faultsMeaning: "A fault in Hopscope, not in the attempt. All other checks ran.",
  copyFaults: "Copy details",
  noFinding: {
    connected: "Nothing is wrong with what was seen.",
    "code-delivered": "Nothing is wrong with what was seen.",
    "not-connected": "The attempt failed, and nothing that was seen says why.",
    "in-progress": "Still going on. This page follows it.",
    incomplete: "Nothing that was seen says how it ended.",
  } satisfies Record<FlowState, string>,
  /** What a state means for somebody who wants to be connected, and what is left to do. */
  next: {
    connected: "A token answer or an authenticated request was seen.",
    "code-delivered":
      "The client got its code; its token request runs where a browser cannot see it. If the client still fails, its own log says why, or check the server in the inspector.",
    "not-connected": "Ask the server, or export the trace and show it to whoever runs the server.",
    "in-progress": "Go on in its tab; the outcome appears here.",
    incomplete: "It stopped, or part of it could not be seen. Connect again, and look here when it has ended.",
  } satisfies Record<FlowState, string>,
  seen: (legs: number, last: string | undefined) =>
    `${plural(legs, "leg", "legs")} seen${last === undefined ? "" : `, the last one: ${last}`}.`,
  lastLeg: (role: string, status: number | undefined) =>
    status === undefined ? role : `${role}, answered ${status.toLocaleString("en")}`,
  copyReport: "Copy report",
  copyRedirectUri: "Copy redirect URI",
  exportTrace: "Export trace",
  openInspector: "Open in inspector",
  askServer: "Ask the server",
  retry: "Retry",
  forget: "Forget this attempt",
  forgetQuestion: "Forget this attempt?",
  forgetConfirm: "Forget it",
  sentAgain: "The tab sends its request again.",
  startInClient: "Only the client can start this again.",
  checkServer: "Check this server yourself",
  startInAnyClient: "Only the client can start this again: connect again there.",
  showLeg: "Show leg",
  /** Places that need more words on a screen than in a report. */
  places: { error: "error code that the server sent", text: "text that the server sent" } as Readonly<
    Record<string, string>
  >,
  roles: {
    challenge: "challenge",
    "resource-metadata": "protected resource metadata",
    "server-metadata": "server metadata",
    "client-metadata": "client metadata document",
    registration: "registration",
    "pushed-request": "pushed authorization request",
    "authorization-request": "authorization request",
    interaction: "page of the authorization server",
    upstream: "upstream server",
    "redirection-endpoint": "redirection endpoint",
    token: "token request",
    refresh: "refresh request",
    resource: "resource request",
    probe: "test by Hopscope",
  } satisfies Record<LegRole, string>,
} as const;
