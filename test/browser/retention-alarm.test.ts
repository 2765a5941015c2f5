import { expect, test, vi } from "vitest";

const alarms = vi.hoisted(() => ({ set: new Map<string, object>(), create: vi.fn() }));
vi.mock("wxt/browser", () => ({
  browser: { alarms: { get: async (name: string) => alarms.set.get(name), create: alarms.create } },
}));
const { keepRetentionAlarm } = await import("@/lib/browser/retention-alarm.ts");

test("the clean-up is asked for by the first worker of a browser that has forgotten it, and not put off by the next", async () => {
  alarms.create.mockImplementation(async (name: string, alarm: object) => void alarms.set.set(name, alarm));
  await keepRetentionAlarm();
  expect(alarms.set.get("retention")).toEqual({ periodInMinutes: 60 });
  await keepRetentionAlarm();
  expect(alarms.create).toHaveBeenCalledTimes(1);
});
