import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import AlertsScreen from "@/entrypoints/inspector/screens/AlertsScreen.tsx";
import ServersScreen from "@/entrypoints/inspector/screens/ServersScreen.tsx";
import { render } from "./render.tsx";
import { knownPairs, listedAlerts } from "./screen-scenes.ts";

const fails = vi.hoisted(() => () => Promise.reject(new Error("QUOTA_BYTES quota exceeded")));
vi.mock("@/lib/browser/alerts.ts", () => ({
  alertLimit: 500,
  readAlerts: async () => listedAlerts,
  watchAlerts: () => () => undefined,
  markAlertsRead: fails,
  clearAlerts: fails,
}));
vi.mock("@/lib/browser/pairs.ts", () => ({
  readPairs: async () => knownPairs,
  watchPairs: () => () => undefined,
  forgetPair: fails,
}));
vi.mock("@/lib/browser/client.ts", () => ({ retry: fails }));

const within = (shown: ReactNode) => (
  <FailureBoundary version="0.1.0" extent="page">
    {shown}
  </FailureBoundary>
);

test.each([
  ["an alert that cannot be cleared", <AlertsScreen key="alerts" />, ["Clear this alert"]],
  ["alerts that cannot be marked", <AlertsScreen key="alerts" />, ["Mark all as read"]],
  ["a server that cannot be forgotten", <ServersScreen key="servers" />, ["Forget", "Forget"]],
])("%s: it is said that Hopscope failed, and at what", async (_, shown, clicks) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  render(within(shown));
  for (const name of clicks) {
    const [button] = await screen.findAllByRole("button", { name });
    if (button) await userEvent.click(button);
  }
  await screen.findByRole("heading", { name: "Hopscope itself failed" });
  expect(screen.getByText(/QUOTA_BYTES/)).toBeDefined();
});
