import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { InspectorPage } from "@/entrypoints/inspector/InspectorPage.tsx";
import { addFiles } from "@/entrypoints/inspector/open-imports.ts";
import { missing } from "@/lib/facts/fact.ts";
import { summarise, summariseImported } from "@/lib/report/summary.ts";
import { inspectorCommands } from "./inspector-scenes.ts";
import { render } from "./render.tsx";
import { connectedReport, redirectReport, unknownClientReport } from "./reports.ts";
import { readFile } from "./screen-scenes.ts";

const withoutMetadata = { ...connectedReport, facts: { ...connectedReport.facts, metadata: missing("any metadata") } };
const recorded = [unknownClientReport, withoutMetadata];
const client = vi.hoisted(() => ({
  watchIndex: vi.fn(),
  loadReport: vi.fn(),
  fetchMetadata: vi.fn(),
  markSeen: async () => undefined,
}));
vi.mock("@/lib/browser/client.ts", () => client);
vi.mock("@/entrypoints/inspector/ask-commands.ts", () => ({ askCommands: () => inspectorCommands.asking }));
const desk = vi.hoisted(() => ({ add: vi.fn(), report: vi.fn() }));
vi.mock("@/lib/browser/imports.ts", () => ({ openImports: async () => desk }));

beforeEach(() => {
  client.watchIndex.mockImplementation((show) => {
    show({ attempts: recorded.map(summarise), access: "all", isPaused: false, gaps: 0 });
    return () => undefined;
  });
  client.loadReport.mockImplementation(async (flowId) => recorded.find(({ flow }) => flow.id === flowId));
});

async function goTo(hash: string) {
  await act(async () => {
    location.hash = hash;
    dispatchEvent(new Event("hashchange"));
  });
}

test("what was asked for one attempt, and comes while another is shown, takes nothing away", async () => {
  let answer: () => void = () => undefined;
  client.fetchMetadata.mockReturnValue(
    new Promise<void>((resolve) => {
      answer = resolve;
    }),
  );
  await goTo("#/flow/x20/metadata");
  render(<InspectorPage version="0.1.0" unreadAlerts={0} />);
  await userEvent.click(await screen.findByRole("button", { name: "Fetch metadata" }));

  await goTo("#/flow/x10");
  const shown = await screen.findByRole("heading", { level: 3, name: /Client Not Registered/ });
  await act(async () => answer());
  expect(shown.isConnected).toBe(true);
  expect(screen.queryByText("Working out what happened")).toBeNull();
});

test("an attempt that is stored and lies open twice is one attempt, the stored one", async () => {
  const file = { ...readFile, isKept: false, attempts: [unknownClientReport, redirectReport].map(summariseImported) };
  desk.add.mockResolvedValue([file, { ...file, name: "again.har" }]);
  desk.report.mockResolvedValue(connectedReport);
  await act(async () => void (await addFiles([])));
  await goTo("#/flow/x10");
  render(<InspectorPage version="0.1.0" unreadAlerts={0} />);
  await screen.findByRole("heading", { level: 3, name: /Client Not Registered/ });
  screen.getByRole("button", { name: "Forget this attempt" });
  expect(desk.report).not.toHaveBeenCalled();
  expect(screen.getByText("3 attempts")).toBeDefined();
});
