import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import ImportScreen from "@/entrypoints/inspector/screens/ImportScreen.tsx";
import { render } from "./render.tsx";

const desk = vi.hoisted(() => ({ add: vi.fn(), cancel: vi.fn() }));
vi.mock("@/lib/browser/imports.ts", () => ({ openImports: async () => desk }));

test("who leaves while a file is read finds it still being read, and can cancel it", async () => {
  let stop: () => void = () => undefined;
  desk.add.mockReturnValue(
    new Promise((resolve) => {
      stop = () => resolve(undefined);
    }),
  );
  desk.cancel.mockImplementation(() => stop());
  const { unmount } = render(<ImportScreen />);
  await userEvent.upload(screen.getByLabelText("Choose files"), [new File(["{}"], "large.har")]);
  await screen.findByText("Reading large.har");
  unmount();

  render(<ImportScreen />);
  screen.getByText("Reading large.har");
  expect(screen.queryByLabelText("Choose files")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await screen.findByText(/^Cancelled\./);
  screen.getByLabelText("Choose files");
});
