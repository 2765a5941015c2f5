import { browser } from "wxt/browser";
import type { Alert } from "@/lib/report/alerts.ts";
import { area, placeOf, watchPlaces } from "./area.ts";
import { isEqual } from "./equal.ts";

export interface ListedAlert extends Alert {
  readonly isRead: boolean;
}

/** The user's own marks; they outlive every rebuilding of the list. */
interface Marks {
  readonly read: readonly string[];
  readonly cleared: readonly string[];
}

const listPlace = placeOf("alerts");
const marksPlace = placeOf("alert-marks");

/** Alerts kept at most, newest first. */
export const alertLimit = 500;

export async function readAlerts(): Promise<readonly ListedAlert[]> {
  const [alerts, marks] = await Promise.all([readList(), readMarks()]);
  const [read, cleared] = [new Set(marks.read), new Set(marks.cleared)];
  return alerts.filter(({ id }) => !cleared.has(id)).map((alert) => ({ ...alert, isRead: read.has(alert.id) }));
}

/** Writes the newest of these; the answer is those of attempts that were not in the list before. */
export async function writeAlerts(all: readonly Alert[]): Promise<readonly Alert[]> {
  const alerts = [...all].sort((left, right) => right.at - left.at).slice(0, alertLimit);
  const list = await readList();
  if (isEqual(list, alerts)) return [];
  // A failure goes on: what a redirect said comes back at the callback, which is another exchange of the same attempt.
  const before = new Set(list.flatMap(({ id, flowId }) => [id, flowId]));
  await browser.storage[area].set({ [listPlace]: alerts });
  return alerts.filter(({ id, flowId }) => !before.has(id) && !before.has(flowId));
}

export const markAlertsRead = (ids: readonly string[]) => mark("read", ids);
export const clearAlerts = (ids: readonly string[]) => mark("cleared", ids);

export const watchAlerts = (onChange: () => void) => watchPlaces([listPlace, marksPlace], onChange);

export async function forgetAlertMarks(): Promise<void> {
  await browser.storage[area].set({ [marksPlace]: { read: [], cleared: [] } });
}

async function mark(kind: keyof Marks, ids: readonly string[]): Promise<void> {
  await navigator.locks.request(marksPlace, async () => {
    const marks = await readMarks();
    // Marks of alerts that are gone are of no use.
    const listed = new Set((await readList()).map(({ id }) => id));
    const marked = new Set([...marks[kind], ...ids]);
    await browser.storage[area].set({ [marksPlace]: { ...marks, [kind]: [...marked].filter((id) => listed.has(id)) } });
  });
}

async function readList(): Promise<readonly Alert[]> {
  const found: unknown = (await browser.storage[area].get(listPlace))[listPlace];
  return Array.isArray(found) ? found.filter((alert: Partial<Alert> | null) => typeof alert?.id === "string") : [];
}

async function readMarks(): Promise<Marks> {
  const found = (await browser.storage[area].get(marksPlace))[marksPlace] as Partial<Marks> | undefined;
  return { read: found?.read ?? [], cleared: found?.cleared ?? [] };
}
