import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { PopupPage } from "@/entrypoints/popup/PopupPage.tsx";
import type { AskedNewest } from "@/lib/browser/newest.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { FakeEvent } from "../browser/fake-browser.ts";
import { render } from "./render.tsx";
import { unknownClientReport } from "./reports.ts";

const fake = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock("wxt/browser", () => fake);
const client = vi.hoisted(() => ({
  watchIndex: vi.fn(),
  explainCurrentTab: vi.fn(),
  loadReport: async () => undefined,
  explainPasted: async () => undefined,
  markSeen: async () => undefined,
}));
vi.mock("@/lib/browser/client.ts", () => client);

const newest: AskedNewest = { reading: new Promise(() => undefined), read: () => undefined, take: () => false };
const [onActivated, onUpdated] = [new FakeEvent(), new FakeEvent()];
let active: { readonly id: number; readonly url: string };
/** How the pages that were read are answered, in order. */
let answers: ((report?: FlowReport) => void)[];

beforeEach(() => {
  fake.browser.tabs = { onActivated, onUpdated, query: async () => [active] };
  active = { id: 1, url: "https://one.example/" };
  answers = [];
  client.explainCurrentTab.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  client.watchIndex.mockImplementation((show) => {
    show({ attempts: [], access: "all", isPaused: false, gaps: 0 });
    return () => undefined;
  });
});

const answer = (number: number, report?: FlowReport) => act(async () => answers[number]?.(report));
const nothing = /This page is not part of an authorization attempt/;

test("a side panel explains the page in view, not the one before", async () => {
  render(<PopupPage newest={newest} />);
  await waitFor(() => expect(answers).toHaveLength(1));
  await answer(0, unknownClientReport);
  await screen.findByRole("heading", { level: 3, name: /Client Not Registered/ });

  active = { id: 2, url: "https://two.example/" };
  await act(async () => onActivated.fire({}));
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(screen.queryByText(/Client Not Registered/)).toBeNull();
  await answer(1);
  screen.getByText(nothing);
});

test("what was read of the page before comes too late", async () => {
  render(<PopupPage newest={newest} />);
  await waitFor(() => expect(answers).toHaveLength(1));
  active = { id: 2, url: "https://two.example/" };
  await act(async () => onActivated.fire({}));
  await waitFor(() => expect(answers).toHaveLength(2));
  await answer(1);
  await answer(0, unknownClientReport);
  screen.getByText(nothing);
  expect(screen.queryByText(/Client Not Registered/)).toBeNull();
});

test("where the tab goes, it follows", async () => {
  render(<PopupPage newest={newest} />);
  await userEvent.click(await screen.findByRole("button", { name: "Ignore one.example" }));
  active = { id: 1, url: "https://two.example/" };
  await act(async () => onUpdated.fire(1, { status: "loading" }));
  await screen.findByRole("button", { name: "Ignore two.example" });
  expect(screen.queryByRole("button", { name: "Stop recording" })).toBeNull();
});
