import { expect, test } from "vitest";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { createTracker, mostOfAttempt } from "@/lib/trace/track.ts";
import { server, type Trace, trace } from "../builders.ts";

const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
const redact = ({ raw }: Trace): Observation[] => raw.flatMap((one) => redactor.redact(one) ?? []);

/** A server that sends the person from one login page to the next. */
function endless(pages: number): Trace {
  const loop = trace().authorizationRequest();
  for (let page = 0; page < pages; page += 1) loop.redirectsTo(`${server}/login?page=${page}`);
  return loop;
}

test("an attempt without end is kept up to a limit, which is told once; another one in the same tab is kept", () => {
  const arriving = redact(endless(mostOfAttempt));
  const tracker = createTracker([]);
  const full: Observation[] = [];
  const kept = arriving.filter((one) => {
    const isKept = tracker.keep(one);
    if (tracker.isFull(one)) full.push(one);
    return isKept;
  });
  expect(kept).toHaveLength(mostOfAttempt);
  expect(full).toEqual([kept.at(-1)]);
  const other = trace().wait(10_000_000).authorizationRequest({}, { endpoint: "https://other.example/authorize" });
  for (const one of redact(other)) expect(tracker.keep({ ...one, requestId: "another" } as Observation)).toBeDefined();
});

test("a worker that starts anew goes on counting", () => {
  const arriving = redact(endless(mostOfAttempt)).map((one, number) => ({
    ...one,
    at: Date.UTC(2026, 0, 5, 9) + number,
  }));
  const first = createTracker([]);
  const kept = arriving.slice(0, 1_500).filter((one) => first.keep(one));
  const second = createTracker(kept);
  expect(arriving.slice(1_500).filter((one) => second.keep(one))).toHaveLength(mostOfAttempt - 1_500);
});

test("a response in a tab of its own is kept where an attempt waits for it, state or not", () => {
  const waiting = trace().authorizationRequest({ state: undefined }).loginPage();
  const link = (to: string | undefined, brings: object) =>
    trace()
      .inTab(2)
      .visits(`${server}/magic?token=SplxlOBeZQQYbYS6WxSbIA`)
      .respondsWith({ state: undefined, ...brings }, to)
      .page({ text: "Something broke", status: 500 });
  const keptOf = (to?: string, brings = {}) => {
    const tracker = createTracker(redact(waiting));
    const opened = redact(link(to, brings));
    return opened.filter((one) => tracker.keep({ ...one, requestId: "other" } as Observation)).map(({ kind }) => kind);
  };
  expect(keptOf()).toEqual(["request", "response", "navigation", "page"]);
  expect(keptOf(undefined, { code: undefined, error: "access_denied" })).toHaveLength(4);
  expect(keptOf(undefined, { code: undefined, page: "2" })).toEqual([]);
  expect(keptOf("https://elsewhere.example/callback")).toEqual([]);
});

test("a tab that is told of after what it was opened for keeps its attempt", () => {
  const arriving = redact(trace().authorizationRequest().redirectsTo(`${server}/login`).loginPage());
  const { session = "", at = 0, tabId = 0 } = arriving[2] ?? {};
  const opened = { id: "opened", kind: "tab", event: "opened", source: "browser", session, at, tabId } as Observation;
  const tracker = createTracker([]);
  for (const one of arriving.toSpliced(3, 0, opened)) expect(tracker.keep(one), one.kind).toBeDefined();
});

test("the frames of a closed tab wait for nothing", () => {
  const [request] = redact(trace().authorizationRequest({ prompt: "none" }));
  if (request?.kind !== "request") throw new Error("the trace begins with a request");
  const { session, at, tabId = 0 } = request;
  const tracker = createTracker([{ ...request, type: "sub_frame", frameId: 5 }]);
  expect(tracker.waiting()).toHaveLength(1);
  tracker.keep({ id: "closed", kind: "tab", event: "closed", source: "browser", session, at, tabId } as Observation);
  expect(tracker.waiting()).toEqual([]);
});
