import * as fc from "fast-check";
import { expect, test } from "vitest";
import { observationsOf } from "@/lib/browser/flow-observations.ts";
import { type Context, type Row, rowOf, type Unit } from "@/lib/browser/unit.ts";
import { createUnits } from "@/lib/browser/units.ts";
import { diagnose, readFlow } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { openFor } from "@/lib/trace/attempt.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import { createTracker } from "@/lib/trace/track.ts";
import { rangeOf } from "@/lib/trace/units.ts";
import { clientId, code, redirectUri, server, state, type Trace, trace } from "../builders.ts";

const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
const redact = (raw: readonly RawObservation[]) => raw.flatMap((one) => redactor.redact(one) ?? []);

const refusal = { status: 400, text: "We are sorry... Client not found." };
const issued = { client_id: clientId, redirect_uris: [redirectUri] };

/** What happens in a browser, each within some seconds. */
const pieces: readonly (() => Trace)[] = [
  () => trace().authorizationRequest().loginPage().respondsWith().page({ text: "You can close this window." }),
  () => trace().authorizationRequest().page(refusal),
  () => trace().authorizationRequest({ client_id: "another-client" }).page(refusal),
  () => trace().authorizationRequest().loginPage(),
  () => trace().authorizationRequest().loginPage().closesTab(),
  () => trace().authorizationRequest().gap("worker-started-late"),
  () => trace().visits(`${redirectUri}?code=${code}&state=${state}`).page({ status: 500, text: "callback failed" }),
  () => trace().visits(`${redirectUri}?error=access_denied&state=another-state-0123456789abcdef`).page({}),
  () => trace().visits(`${server}/login`, "POST").page({ text: "Wrong password", status: 401 }),
  () =>
    trace()
      .authorizationRequest()
      .respondsWith()
      .tokenRequest({}, { status: 400, json: { error: "invalid_grant" } }),
  () => trace().tokenRequest({}, { json: { access_token: "x", token_type: "Bearer" } }),
  () => trace().tokenRequest({ client_id: "another-client", code: "a-code-of-nobody-0123456789" }, { status: 400 }),
  () => trace().fetches(`${server}/token`, { form: { grant_type: "refresh_token", client_id: clientId }, answer: {} }),
  () => trace().registration({}, { status: 201, json: issued }),
  () => trace().registration({}, { status: 400, json: { error: "invalid_redirect_uri" } }),
  () =>
    trace().metadata(`${server}/.well-known/oauth-authorization-server`, {
      json: { issuer: server, authorization_endpoint: `${server}/authorize` },
    }),
  () => trace().gap("quota"),
  () => trace().visits(`${server}/login`, "POST").page({ text: "Your session has expired", status: 400 }),
  () => trace().visits(`${server}/login`, "POST").fails("net::ERR_CONNECTION_RESET"),
  () => trace().visits(`${server}/login`, "POST").respondsWith().page({ text: "Done" }),
];

const minute = 60_000;
const day = 24 * 60 * minute;
/** Around the quiet time that ends everything, and far from it. */
const pauses = [
  0,
  2_000,
  5 * minute,
  31 * minute,
  openFor - minute,
  openFor - 3_000,
  openFor,
  openFor + minute,
  2 * openFor,
  300 * minute,
  3 * day,
  8 * day,
];

interface Step {
  readonly piece: number;
  /** What its observations say of the pause before them instead of what the tracker says; it need not be true. */
  readonly claim: number | undefined;
  readonly pause: number;
  readonly tab: number;
  readonly session: number;
  readonly isAbout: boolean;
}

/** The pieces one after the other; `fetches` of the builders count as imported unless something else is said. */
function tell(steps: readonly Step[]): { readonly observations: Observation[]; readonly asOf: number } {
  let at = Date.UTC(2026, 0, 5, 9);
  const observations: Observation[] = [];
  const tracker = createTracker([]);
  for (const [number, { piece, claim, pause, tab, session, isAbout }] of steps.entries()) {
    at += pauses[pause] ?? 0;
    const raw = (pieces[piece]?.() ?? trace()).raw;
    const start = raw[0]?.at ?? 0;
    const isRecording = session === 2;
    const asked = isAbout
      ? observations.findLast((seen) => seen.kind === "request" && seen.type !== "fetch")
      : undefined;
    observations.push(
      ...redact(
        raw.map((one) => ({
          ...one,
          at: at + one.at - start,
          session: ["one", "two", "recording"][session] ?? "one",
          source: isRecording
            ? ("import" as const)
            : asked && one.tabId === undefined
              ? ("discovery" as const)
              : ("browser" as const),
          ...(one.tabId !== undefined && { tabId: tab }),
          ...("requestId" in one && one.requestId !== undefined && { requestId: `${number}-${one.requestId}` }),
          ...(asked && one.kind === "request" && one.type === "fetch" && { about: asked.id }),
          ...("documentId" in one && one.documentId !== undefined && { documentId: `${number}-${one.documentId}` }),
        })),
      ).map((one) => {
        const kept = tracker.keep(one) ?? one;
        return claim === undefined ? kept : { ...kept, quietFor: pauses[claim] ?? 0 };
      }),
    );
    at += (raw.at(-1)?.at ?? 0) - start;
  }
  return { observations, asOf: at + 5 * minute };
}

function memory() {
  const stored = new Map<string, Observation>();
  const inTime = () => [...stored.values()].sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1));
  return {
    stored,
    async between(from: number, to: number, most?: number) {
      const found = inTime().filter(({ at }) => at >= from && at <= to);
      const [shown, last] = [found.slice(0, most), most === undefined ? undefined : found[most - 1]];
      return { observations: shown, ...(last && { next: last.at }) };
    },
    async countBetween(from: number, to: number, isAfter = false, isBefore = false) {
      return inTime().filter(({ at }) => (isAfter ? at > from : at >= from) && (isBefore ? at < to : at <= to)).length;
    },
    count: async () => stored.size,
  };
}

function shelf() {
  const units = new Map<string, Unit>();
  return {
    units,
    all: async () => structuredClone([...units.values()]),
    async replace(gone: readonly string[], made: readonly Unit[]) {
      for (const key of gone) units.delete(key);
      for (const unit of made) units.set(unit.key, structuredClone(unit));
    },
    clear: async () => units.clear(),
  };
}

const byId = (left: { readonly summary: Row["summary"] }, right: { readonly summary: Row["summary"] }) =>
  left.summary.flowId < right.summary.flowId ? -1 : 1;
const withoutTold = ({ told: _, ...row }: Row) => row;
const isImported = (session: string) => session === "recording";

/** The rows of everything diagnosed at once. */
const rowsOfAll = (observations: readonly Observation[], asOf: number) =>
  diagnose(observations, { asOf })
    .map((report) => withoutTold(rowOf(readFlow(report.flow), report, "", isImported(report.flow.session))))
    .sort(byId);

type Move =
  | { readonly kind: "arrive" | "appear"; readonly count: number }
  | { readonly kind: "forget" | "lose"; readonly which: number }
  | { readonly kind: "restart" | "start anew" | "wait" };

async function play(steps: readonly Step[], order: readonly number[], moves: readonly Move[]): Promise<void> {
  const { observations, asOf: end } = tell(steps);
  const waiting = observations
    .map((observation, index) => ({ observation, rank: order[index % Math.max(1, order.length)] ?? 0 }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ observation }) => observation);
  const [store, kept] = [memory(), shelf()];
  let asOf = end;
  let units = createUnits({ store, shelf: kept, version: "1" });
  const at = (seen: readonly Observation[]) => seen.map((one) => rangeOf([one]));
  const context = (): Context => ({ asOf, isImported });
  const check = async () =>
    expect((await units.rows()).map(withoutTold).sort(byId)).toEqual(rowsOfAll([...store.stored.values()], asOf));

  for (const move of [...moves, { kind: "arrive", count: waiting.length } as const]) {
    switch (move.kind) {
      case "arrive": {
        const next = waiting.splice(0, move.count);
        for (const one of next) store.stored.set(one.id, one);
        await units.update(at(next), next, context());
        break;
      }
      case "appear":
        for (const one of waiting.splice(0, move.count)) store.stored.set(one.id, one);
        await units.update(await units.survey(), [], context());
        break;
      case "forget": {
        const all = [...store.stored.values()];
        const flows = correlate(all);
        const flow = flows[move.which];
        const gone = flow ? observationsOf(flow, all, flows) : [];
        for (const one of gone) store.stored.delete(one.id);
        await units.update(at(gone), [], context());
        break;
      }
      case "lose": {
        const gone = [...store.stored.values()].slice(move.which, move.which + 2);
        for (const one of gone) store.stored.delete(one.id);
        await units.update(await units.survey(), [], context());
        break;
      }
      case "restart":
        units = createUnits({ store, shelf: kept, version: "1" });
        await units.update(await units.survey(), [], context());
        break;
      case "start anew":
        kept.units.delete([...kept.units.keys()][0] ?? "");
        units = createUnits({ store, shelf: kept, version: "1" });
        await units.update(await units.survey(), [], context());
        break;
      case "wait":
        asOf += 40 * minute;
        await units.update([], [], context());
        break;
    }
    await check();
  }
}

const anyStep = fc.record({
  piece: fc.nat(pieces.length - 1),
  claim: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.nat(pauses.length - 1)),
  pause: fc.nat(pauses.length - 1),
  tab: fc.integer({ min: 1, max: 3 }),
  session: fc.constantFrom(0, 0, 0, 0, 1, 2),
  isAbout: fc.boolean(),
});
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom("arrive" as const, "appear" as const), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constantFrom("forget" as const, "lose" as const), which: fc.nat(6) }),
  fc.record({ kind: fc.constantFrom("restart" as const, "start anew" as const, "wait" as const) }),
);

test("one unit at a time says what everything at once says, whatever arrives, goes or is lost in between", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 1, maxLength: 9 }),
      fc.oneof(fc.constant([0]), fc.array(fc.nat(50), { minLength: 5, maxLength: 40 })),
      fc.array(anyMove, { maxLength: 8 }),
      play,
    ),
    { numRuns: 600 },
  );
}, 600_000);
