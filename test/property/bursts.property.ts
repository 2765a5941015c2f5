import { expect, test } from "vitest";
import { chanceOfAgreement, planBurst, readInstances, repeatAfter } from "@/lib/probes/instance-consistency.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { exchangesOf, type Lookup, randomText, seeded, simulate, subject } from "@/test/probes/cluster.ts";

const size = 8;
const perCount = 112;
const { tokenEndpoint: _, ...redirectOnly } = subject;

async function burst(number: number, instances: number, lookup: Lookup, seed: number, at: number) {
  const draw = seeded(seed);
  const run = await runProbe(planBurst(redirectOnly, number, size, randomText(draw)).requests, {
    send: simulate({ instances, lookup, draw, at: () => at }),
    now: () => at,
    session: `${seed}-${number}`,
    about: subject.flowId,
    ranOn: [],
    parallel: 4,
  });
  return run.observations;
}
const isSuspect = (clientId: string) => clientId === subject.clientId;

test("the printed odds hold: one of k instances knows the client", async () => {
  const rows: string[] = [];
  for (let instances = 2; instances <= 10; instances += 1) {
    let agreed = 0;
    for (let round = 0; round < perCount; round += 1) {
      const raw = await burst(
        1,
        instances,
        (instance, id) => (isSuspect(id) && instance === 0 ? "known" : "unknown"),
        instances * 1_000 + round,
        0,
      );
      const verdict = readInstances(exchangesOf(raw))?.verdict;
      expect(["disagree", "agreeKnown", "agreeUnknown"]).toContain(verdict);
      if (verdict !== "disagree") agreed += 1;
    }
    const expected = chanceOfAgreement(instances, size);
    const error = Math.sqrt((expected * (1 - expected)) / perCount);
    rows.push(
      `k=${instances}: ${((100 * agreed) / perCount).toFixed(1)} % agreed, ${(100 * expected).toFixed(1)} % printed`,
    );
    expect(Math.abs(agreed / perCount - expected)).toBeLessThan(4 * error + 1 / perCount);
  }
  console.log(`${9 * perCount} simulated bursts of ${size}\n${rows.join("\n")}`);
}, 600_000);

test("replication lag, a rolling deployment and a healthy cluster never look like a lasting disagreement", async () => {
  const start = 1_000_000;
  /** Each instance learns of the client some seconds after the first one did. */
  const lag: Lookup = (instance, id, at) => (isSuspect(id) && at - start > instance * 8_000 ? "known" : "unknown");
  /** Instances are replaced one after the other; the new ones share a store. */
  const rollout: Lookup = (instance, id, at) =>
    isSuspect(id) && at - start > instance * 15_000 - 20_000 ? "known" : "unknown";
  const healthy: Lookup = (_, id) => (isSuspect(id) ? "known" : "unknown");
  const found = new Map<string, number>();
  for (const [name, lookup] of Object.entries({ lag, rollout, healthy })) {
    for (let round = 0; round < 40; round += 1) {
      const raw = [
        ...(await burst(1, 4, lookup, round, start + 5_000)),
        ...(await burst(2, 4, lookup, round + 500, start + 5_000 + repeatAfter)),
      ];
      const verdict = readInstances(exchangesOf(raw))?.verdict ?? "none";
      found.set(`${name} ${verdict}`, (found.get(`${name} ${verdict}`) ?? 0) + 1);
      expect(["stillDisagree", "stillCrash", "crash"]).not.toContain(verdict);
    }
  }
  console.log([...found].map(([name, count]) => `${name}: ${count}`).join("\n"));
}, 600_000);
