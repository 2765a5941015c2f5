import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { fieldsIn } from "@/components/check/check-address.ts";
import { ChooseAttempt } from "@/components/compare/ChooseAttempt.tsx";
import { Compare } from "@/components/compare/Compare.tsx";
import { ExportDialog } from "@/components/exporting/ExportDialog.tsx";
import { Importing } from "@/components/importing/Importing.tsx";
import { Shell } from "@/components/inspector/Shell.tsx";
import { screenOf } from "@/components/inspector/screens.ts";
import { Servers } from "@/components/servers/Servers.tsx";
import { Settings } from "@/components/settings/Settings.tsx";
import { summarise } from "@/lib/report/summary.ts";
import { render } from "./render.tsx";
import { connectedReport, redirectReport, unknownClientReport } from "./reports.ts";
import {
  alertsProps,
  comparedPair,
  compareProps,
  exportProps,
  importingProps,
  knownPairs,
  listedAlerts,
  prepared,
  readFile,
  serversProps,
  settingsCommands,
  settingsProps,
} from "./screen-scenes.ts";

describe("the bar at the top", () => {
  test("says which screen is shown, and how many alerts nobody has looked at", () => {
    render(
      <Shell screen="alerts" unreadAlerts={3}>
        {null}
      </Shell>,
    );
    const bar = screen.getByRole("navigation", { name: "Screens" });
    expect(within(bar).getByRole("link", { current: "page" }).textContent).toBe("Alerts3 unread");
  });

  test.each([
    ["", "attempts"],
    ["#/flow/x1/legs", "attempts"],
    ["#/alerts", "alerts"],
    ["#/compare/a/b", "compare"],
    ["#/%E0%A4%A", "attempts"],
    ["#/toString", "attempts"],
  ])("%s opens %s", (hash, expected) => expect(screenOf(hash)).toBe(expected));
});

describe("import", () => {
  test("files are chosen with a named control and handed over", async () => {
    const onFiles = vi.fn();
    render(<Importing {...importingProps({ onFiles })} />);
    const files = [new File(["{}"], "a.har"), new File(["{}"], "b.har")];
    await userEvent.upload(screen.getByLabelText("Choose files"), files);
    expect(onFiles).toHaveBeenCalledWith(files);
    screen.getByText(/At most 256 MB a file after unpacking/);
  });

  test("while reading it says what is read and how far, and can be cancelled", async () => {
    const onCancel = vi.fn();
    const reading = { files: [{ name: "a.har", size: 2_000_000 }], file: 0, bytes: 500_000, entries: 40 };
    render(<Importing {...importingProps({ reading, onCancel })} />);
    expect(screen.getByRole("progressbar", { name: "Reading a.har" }).getAttribute("value")).toBe("500000");
    screen.getByText("0.5 MB of 2.0 MB, 40 entries so far");
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  test("each file says what was used, set aside and left out, and is kept only when asked", async () => {
    const onKeep = vi.fn();
    render(<Importing {...importingProps({ files: [readFile], onKeep })} />);
    const counts = screen.getAllByRole("definition").map(({ textContent }) => textContent);
    expect(counts.map((text) => text?.split(" ")[0])).toEqual(["412", "9", "402", "1"]);
    const attempts = within(screen.getByRole("list", { name: "Attempts in it" })).getAllByRole("link");
    expect(attempts.map((link) => link.getAttribute("href"))).toEqual(["#/flow/x1", "#/flow/x10"]);
    screen.getByText("1 entry could not be read.");
    await userEvent.click(screen.getByRole("button", { name: "Keep in this browser" }));
    expect(onKeep).toHaveBeenCalledWith("import:1");
  });

  test("a file that is no HAR says what it is", () => {
    const problem = "This is a web page or XML, not a HAR file.";
    render(<Importing {...importingProps({ files: [{ kind: "refused", name: "x.har", size: 9, problem }] })} />);
    expect(screen.getByRole("alert").textContent).toBe(`This file could not be read: ${problem}`);
  });
});

describe("export preview", () => {
  test("says what will be in the file; what is saved is what was previewed, in the chosen format", async () => {
    const [onSave, onClose] = [vi.fn(), vi.fn()];
    render(<ExportDialog {...exportProps(async () => prepared)} onSave={onSave} onClose={onClose} />);
    const dialog = await screen.findByRole("dialog", { name: "Export this attempt" });
    await within(dialog).findByText("4 requests in the trace");
    const replaced = within(dialog).getByRole("list", { name: /Replaced values/ });
    expect(
      within(replaced)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual(["state 3 ×", "code_challenge 2 ×", "cookie 1 ×"]);
    within(dialog).getByText(/12 recorded events outside this attempt stay here/);
    await userEvent.click(within(dialog).getByRole("radio", { name: "Report (Markdown)" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save the file" }));
    expect(onSave).toHaveBeenCalledWith("markdown", "markdown text");
    expect(onClose).toHaveBeenCalledOnce();
  });

  test("Escape closes the dialog, and the key goes no further: it would close the popup too", async () => {
    const onClose = vi.fn();
    render(<ExportDialog {...exportProps(async () => prepared)} onClose={onClose} />);
    const dialog = await screen.findByRole("dialog", { name: "Export this attempt" });
    expect(fireEvent.keyDown(within(dialog).getByRole("button", { name: "Cancel" }), { key: "Escape" })).toBe(false);
    expect(onClose).toHaveBeenCalledOnce();
  });

  test.each([
    ["gone", async (): Promise<undefined> => undefined, "This attempt is no longer stored."],
    ["failed", (): Promise<undefined> => Promise.reject(new Error("x")), /This is a fault in Hopscope/],
  ] as const)("when it is %s there is nothing to save", async (_, prepare, says) => {
    render(<ExportDialog {...exportProps(prepare)} />);
    await screen.findByText(says);
    expect(screen.queryByRole("button", { name: "Save the file" })).toBeNull();
    screen.getByRole("button", { name: "Close" });
  });

  test("a fault of Hopscope's own can be copied, without values", async () => {
    const { copy } = render(
      <ExportDialog {...exportProps(() => Promise.reject(new Error("at https://a.example/?code=1")))} />,
    );
    await userEvent.click(await screen.findByRole("button", { name: "Copy details" }));
    expect(copy.mock.lastCall?.[0]).toMatch(/^Hopscope 0\.1\.0\nError: at ‹address, 25 characters›/);
  });
});

describe("alerts", () => {
  test("each says kind, error code, description and redirect URI, and links to its attempt", async () => {
    const onRead = vi.fn();
    render(<Alerts {...alertsProps(listedAlerts)} onRead={onRead} />);
    const [first] = screen.getAllByRole("article");
    if (!first) throw new Error("no alert is shown");
    for (const text of ["oauth_callback_failed", "access_denied", "The user refused the request"])
      expect(first.textContent).toContain(text);
    expect(first.textContent).toContain("http://127.0.0.1:33418/oauth/callback");
    const link = within(first).getByRole("link", { name: "Open the attempt" });
    expect(link.getAttribute("href")).toBe("#/flow/refused");
    await userEvent.click(within(first).getByRole("button", { name: "Mark as read" }));
    expect(onRead).toHaveBeenCalledWith(["refused"]);
  });

  test("all are marked read at once, and cleared only after asking", async () => {
    const [onRead, onClear] = [vi.fn(), vi.fn()];
    render(<Alerts {...alertsProps(listedAlerts)} onRead={onRead} onClear={onClear} />);
    await userEvent.click(screen.getByRole("button", { name: "Mark all as read" }));
    expect(onRead).toHaveBeenCalledWith(["refused"]);
    await userEvent.click(screen.getByRole("button", { name: "Clear all" }));
    expect(onClear).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(onClear).toHaveBeenCalledWith(["refused", "x10"]);
  });

  test("with none it says so", () => {
    render(<Alerts {...alertsProps([])} />);
    screen.getByRole("heading", { name: "No alert" });
  });
});

describe("servers", () => {
  test("a row per client and server with its state in words, and both last times as links", () => {
    render(<Servers {...serversProps(knownPairs)} />);
    const rows = screen.getAllByRole("row").slice(1);
    expect(rows.map((row) => row.dataset.state)).toEqual(["not-connected", "connected"]);
    const [broken] = rows;
    if (!broken) throw new Error("no row is shown");
    expect(broken.textContent).toContain("Not connected");
    const links = within(broken).getAllByRole("link");
    const [failure, success, check] = links.map((link) => link.getAttribute("href") ?? "");
    expect([failure, success]).toEqual(["#/flow/x20", "#/flow/x1"]);
    expect(fieldsIn(check ?? "")).toMatchObject({
      url: "https://auth.example.com",
      clientId: "0oa8k2mcp-desktop",
      redirectUri: "http://127.0.0.1:33418/oauth/callback",
      scope: "openid mcp:read mcp:write",
    });
  });

  test("reconnecting says what happened or how to start again", async () => {
    render(<Servers {...serversProps(knownPairs)} />);
    await userEvent.click(screen.getByRole("button", { name: "Reconnect Visual Studio Code at auth.example.com" }));
    await screen.findByText("Run “MCP: List Servers” and start the server.");
  });
});

describe("comparison", () => {
  test("marks the parameters and legs that differ, in words", () => {
    render(<Compare {...compareProps(comparedPair)} />);
    const verdict = (name: string) => screen.getByRole("row", { name: new RegExp(`^${name} `) }).dataset.verdict;
    expect(verdict("redirect_uri")).toBe("different");
    expect(verdict("client_id")).toBe("same");
    expect(verdict("scope")).toBe("onlyLeft");
    expect(verdict("prompt")).toBe("onlyRight");
    screen.getByText("Only in the second");
    expect(screen.getByRole("link", { name: "Swap sides" }).getAttribute("href")).toBe("#/compare/x60/x1");
  });

  test("an attempt that is gone is said to be", () => {
    render(<Compare {...compareProps({ left: redirectReport, right: undefined })} />);
    screen.getByText(/no longer stored/);
  });

  test("the other one is chosen from a list, those at the same server first", () => {
    const elsewhere = { ...summarise(connectedReport), server: "other.example" };
    const attempts = [elsewhere, summarise(unknownClientReport), summarise(redirectReport)];
    render(<ChooseAttempt attempts={attempts} flowId="x1" now={0} />);
    const choices = within(screen.getByRole("navigation", { name: "Compare with" })).getAllByRole("link");
    expect(choices.map((link) => link.getAttribute("href"))).toEqual(["#/compare/x10/x1", "#/compare/x20/x1"]);
  });
});

describe("settings", () => {
  test("each choice is a named control with a sentence on what it does", async () => {
    const commands = { ...settingsCommands, setFetchesMetadata: vi.fn(), setKeepFinishedDays: vi.fn() };
    render(<Settings {...settingsProps()} commands={commands} />);
    const fetches = screen.getByRole("checkbox", { name: "Fetch a server’s public metadata by itself" });
    expect(document.getElementById(fetches.getAttribute("aria-describedby") ?? "")?.textContent).toContain(
      "without credentials",
    );
    await userEvent.click(fetches);
    expect(commands.setFetchesMetadata).toHaveBeenCalledWith(false);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Attempts that did not fail" }), "7 days");
    expect(commands.setKeepFinishedDays).toHaveBeenCalledWith(7);
    screen.getByText(/At most 20,000 recorded events are kept/);
  });

  test("sites are given back one by one, and ignored ones watched again", async () => {
    const commands = { ...settingsCommands, revokeSite: vi.fn(), watchAgain: vi.fn(), ignoreSite: vi.fn() };
    render(<Settings {...settingsProps()} commands={commands} />);
    await userEvent.click(screen.getByRole("button", { name: "Take back auth.example.com" }));
    expect(commands.revokeSite).toHaveBeenCalledWith("*://auth.example.com/*");
    await userEvent.click(screen.getByRole("button", { name: "Watch again: internal.example.com" }));
    expect(commands.watchAgain).toHaveBeenCalledWith("internal.example.com");
    const field = screen.getByRole("textbox", { name: "Ignore a site" });
    await userEvent.type(field, "no host/{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("is not a host");
    await userEvent.clear(field);
    await userEvent.type(field, "Other.example{Enter}");
    expect(commands.ignoreSite).toHaveBeenCalledWith("other.example");
  });

  test("a permission that was refused leaves notifications off and says so", async () => {
    render(<Settings {...settingsProps()} />);
    await userEvent.click(screen.getByRole("checkbox", { name: "Show a system notification for each new alert" }));
    await screen.findByText("The browser did not give the permission, so this stays off.");
  });

  test("everything is forgotten only after asking, and said to be when it is", async () => {
    let forgotten: (isDone: boolean) => void = () => undefined;
    const forgetAll = vi.fn(
      () =>
        new Promise<boolean>((resolve) => {
          forgotten = resolve;
        }),
    );
    const commands = { ...settingsCommands, forgetAll };
    render(<Settings {...settingsProps()} commands={commands} />);
    await userEvent.click(screen.getByRole("button", { name: "Forget everything" }));
    expect(commands.forgetAll).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Forget everything" }));
    expect(commands.forgetAll).toHaveBeenCalledOnce();
    expect(screen.queryByText("Everything recorded was forgotten.")).toBeNull();
    forgotten(true);
    await screen.findByText("Everything recorded was forgotten.");
  });
});
