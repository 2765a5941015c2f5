import { expect, test } from "vitest";
import { mergePairs, pairsOf, withoutAttempts } from "@/lib/report/pairs.ts";
import { clientId, diagnoseRaw, redirectUri, type Trace, trace } from "../builders.ts";

const fails = (built: Trace) =>
  built.authorizationRequest().page({ status: 400, json: { error: "invalid_client", error_description: "Unknown" } });
const succeeds = (built: Trace) =>
  built.authorizationRequest().loginPage().respondsWith().page({ text: "You can close this." });

test("a pair is not connected until an attempt succeeds, and not connected again after the next failure", () => {
  const [failed] = pairsOf(diagnoseRaw(fails(trace())));
  expect(failed).toMatchObject({ server: "auth.example", clientId, state: "not-connected" });
  expect(failed?.lastSuccess).toBeUndefined();

  const [recovered] = pairsOf(diagnoseRaw(succeeds(fails(trace()).wait(1_000))));
  expect(recovered).toMatchObject({ state: "code-delivered" });
  expect(recovered?.lastSuccess?.at).toBeGreaterThan(recovered?.lastFailure?.at ?? Number.POSITIVE_INFINITY);

  const [broken] = pairsOf(diagnoseRaw(fails(succeeds(trace()).wait(1_000))));
  expect(broken).toMatchObject({ state: "not-connected" });
});

test("an attempt still going on, or that was given up, changes nothing", () => {
  const [pair] = pairsOf(diagnoseRaw(succeeds(trace()).wait(1_000).authorizationRequest().loginPage()));
  expect(pair).toMatchObject({ state: "code-delivered" });
  expect(pair?.lastAttempt.at).toBeGreaterThan(pair?.lastSuccess?.at ?? 0);
});

test("each client at each server is a row, the one used last first", () => {
  const built = succeeds(trace())
    .wait(1_000)
    .authorizationRequest({ client_id: "another" })
    .wait(1_000)
    .authorizationRequest({}, { endpoint: "https://second.example/authorize" });
  expect(pairsOf(diagnoseRaw(built)).map((pair) => [pair.server, pair.clientId])).toEqual([
    ["second.example", clientId],
    ["auth.example", "another"],
    ["auth.example", clientId],
  ]);
});

test("what was known outlives the attempts, whatever order they are told in", () => {
  const earlier = pairsOf(diagnoseRaw(succeeds(trace())));
  const later = pairsOf(diagnoseRaw(fails(trace().wait(60_000))));
  const merged = mergePairs(earlier, later);
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({
    state: "not-connected",
    lastSuccess: earlier[0]?.lastSuccess,
    lastFailure: later[0]?.lastFailure,
  });
  expect(mergePairs(later, earlier)).toEqual(merged);
  expect(mergePairs(merged, later)).toEqual(merged);
});

test("of an attempt that went on after it was told of, only what it says now counts", () => {
  const built = trace().authorizationRequest().loginPage().respondsWith().page({ text: "You can close this." });
  const delivered = pairsOf(diagnoseRaw(built));
  expect(delivered[0]).toMatchObject({ state: "code-delivered" });
  const failed = pairsOf(diagnoseRaw(built.tokenRequest({}, { status: 400, json: { error: "invalid_client" } })));
  expect(failed[0]).toMatchObject({
    state: "not-connected",
    lastFailure: { flowId: delivered[0]?.lastAttempt.flowId },
  });

  const [down] = mergePairs(delivered, failed);
  expect(down).toMatchObject({ state: "not-connected" });
  expect(down?.lastSuccess).toBeUndefined();
  const [up] = mergePairs(failed, delivered);
  expect(up).toMatchObject({ state: "code-delivered" });
  expect(up?.lastFailure).toBeUndefined();
});

test("forgetting an attempt forgets what was learned from it, and the pair with the last of them", () => {
  const reports = diagnoseRaw(fails(succeeds(trace()).wait(1_000)));
  const [failure, success] = reports.map(({ flow }) => flow.id);
  const pairs = pairsOf(reports);
  const [left] = withoutAttempts(pairs, new Set([failure ?? ""]));
  expect(left).toMatchObject({ state: "code-delivered", lastAttempt: { flowId: success } });
  expect(left?.lastFailure).toBeUndefined();
  expect(withoutAttempts(pairs, new Set([failure ?? "", success ?? ""]))).toEqual([]);
});

test("a check starts from the server's address and what was asked for", () => {
  expect(pairsOf(diagnoseRaw(fails(trace())))[0]).toMatchObject({
    checkUrl: "https://auth.example/",
    redirectUri,
    scope: "openid profile",
  });
});
