import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { FindingScreen } from "@/entrypoints/inspector/FindingScreen.tsx";
import { render } from "./render.tsx";

test("back at a finding before the other one was read, it is shown", async () => {
  const page = (id: string) => <FindingScreen id={id} unreadAlerts={0} />;
  const { show } = render(page("unknown-client"));
  const title = (await screen.findByRole("heading", { level: 2 })).textContent;
  show(page("access-denied"));
  show(page("unknown-client"));
  await act(async () => void (await import("../../docs/findings/access-denied.md?raw")));
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe(title);
});
