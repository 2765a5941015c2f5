import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { fieldsIn } from "@/components/check/check-address.ts";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import { Popup } from "@/components/popup/Popup.tsx";
import type { PopupCommands } from "@/components/popup/popup-commands.ts";
import { summarise } from "@/lib/report/summary.ts";
import { longReport } from "./hostile.ts";
import { commandsFor, popupProps } from "./popup-scenes.ts";
import { render } from "./render.tsx";
import {
  connectedReport,
  deliveredReport,
  incompleteReport,
  inProgressReport,
  redirectReport,
  redirectUri,
  refusedCodeReport,
  report,
  unknownClientReport,
} from "./reports.ts";

/** Commands that remember whether they were called. */
function watched(reports = [redirectReport]): PopupCommands {
  const commands = commandsFor(reports);
  return { ...commands, ...Object.fromEntries(Object.entries(commands).map(([name, run]) => [name, vi.fn(run)])) };
}

test("a failed attempt of this tab is open and says what happened, how sure that is, who must act and what to do", async () => {
  const { container } = render(<Popup {...popupProps([redirectReport])} />);

  await screen.findByRole("heading", { level: 3, name: /asked to be answered at .*oauth\/callback/ });
  expect(container.querySelector("[data-flow='x1']")?.getAttribute("data-state")).toBe("not-connected");
  const finding = container.querySelector("[data-finding]");
  expect(finding?.getAttribute("data-finding")).toBe("redirect-uri-not-registered");
  expect(finding?.getAttribute("data-certainty")).toBe("proven");
  screen.getByText("Proven");
  expect(screen.getByText("Who must act").nextElementSibling?.textContent).toBe("Operator, then client");
  screen.getByText("Add the exact redirect URI to the client’s registration.");
  expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["oauth/"]);
});

test("the fix stands right below the evidence that decided; what else was seen comes after it", async () => {
  const { container } = render(<Popup {...popupProps([redirectReport])} />);
  await screen.findByRole("heading", { level: 3 });

  const headings = [...container.querySelectorAll(".finding h4")].map(({ textContent }) => textContent);
  expect(headings).toEqual(["What was seen", "What to do", "What else was seen"]);
});

test("what contradicts without a character in common is not marked as if it were a misspelling", async () => {
  const { container } = render(<Popup {...popupProps([refusedCodeReport])} />);

  await screen.findByText("these two do not fit together");
  expect(container.querySelector(".comparison")?.textContent).toContain("a code, no error");
  expect(container.querySelector("mark")).toBeNull();
});

test("an endless address leaves the headline around it readable", async () => {
  render(<Popup {...popupProps([longReport])} />);

  const { textContent } = await screen.findByRole("heading", { level: 3 });
  expect(textContent).toMatch(
    /^The client asked to be answered at https:\/\/app\.example\/.{10,60}, which auth\.example\.com refused\./,
  );
});

test("what is connected is not offered to be tried again", async () => {
  render(<Popup {...popupProps([connectedReport])} />);

  await screen.findByRole("button", { name: "Copy report" });
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("attempts of this tab come first, newest first, then those of other tabs", async () => {
  const older = report({ id: "older", flow: { startedAt: 1_000 } });
  const other = report({ id: "other", flow: { tabIds: [99] } });
  const { container } = render(<Popup {...popupProps([older, other, redirectReport])} />);

  const shown = [...container.querySelectorAll("[data-flow]")].map((element) => element.getAttribute("data-flow"));
  expect(shown).toEqual(["x1", "older", "other"]);
  const here = screen.getByRole("region", { name: "This tab" });
  expect(within(here).getAllByRole("button", { expanded: true })).toHaveLength(1);
  screen.getByRole("region", { name: "Other recent attempts" });
  await screen.findByRole("heading", { level: 3 });
});

test.each([
  ["Connected", connectedReport, "Nothing is wrong with what was seen."],
  ["Code delivered", deliveredReport, "Nothing is wrong with what was seen."],
  ["In progress", inProgressReport, "Still going on. This page follows it."],
  ["Incomplete", incompleteReport, "Nothing that was seen says how it ended."],
])("the state %s is a word, not a colour, and explains itself", async (word, known, sentence) => {
  const { container } = render(<Popup {...popupProps([known])} />);

  screen.getByRole("button", { name: new RegExp(`^${word} auth.example.com for Visual Studio Code`) });
  await screen.findByRole("heading", { level: 3, name: sentence });
  expect(container.querySelector("[data-finding]")).toBeNull();
});

test("a gap is shown on the attempt it belongs to", async () => {
  const { container } = render(<Popup {...popupProps([incompleteReport])} />);

  await screen.findByText("2 gaps in this attempt");
  screen.getByText("Hopscope has no access to this site");
  expect(container.querySelector("[data-banner='gap']")).not.toBeNull();
});

test("while the index is read, the popup says so", () => {
  render(<Popup {...popupProps([])} index={undefined} />);

  expect(screen.getByRole("status").textContent).toContain("Reading what was recorded");
});

test("with nothing recorded, it says what to do next", () => {
  render(<Popup {...popupProps([])} />);

  screen.getByRole("heading", { name: "No attempt seen yet" });
  screen.getByText(/Start the connection again in your client/);
});

test.each([
  ["none", "Hopscope may not see any site yet"],
  ["withheld", "Access to sites was taken back"],
] as const)("with access %s, a banner says so and asks for it", async (access, title) => {
  const commands = watched();
  render(<Popup {...popupProps([], { index: { access }, commands })} />);

  screen.getByText(title);
  await userEvent.click(screen.getByRole("button", { name: "Allow on every site" }));
  await userEvent.click(screen.getByRole("button", { name: "Choose sites" }));
  expect(commands.allowEverySite).toHaveBeenCalledOnce();
  expect(commands.chooseSites).toHaveBeenCalledOnce();
});

test("with access to some sites only, it says what that hides", () => {
  render(<Popup {...popupProps([], { index: { access: "some" } })} />);

  screen.getByText(/A leg on any other site is not seen/);
});

test("paused, it says so and resumes", async () => {
  const commands = watched();
  render(<Popup {...popupProps([], { index: { isPaused: true }, commands })} />);

  screen.getByText("Paused");
  expect(screen.queryByRole("button", { name: "Pause" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  expect(commands.resume).toHaveBeenCalledOnce();
});

test("what failed since the last look is marked as new, and nothing else is", async () => {
  const seen = summarise(report({ id: "seen", flow: { tabIds: [99] } }));
  const index = { attempts: [summarise(redirectReport), { ...seen, unread: false }] };
  const { container } = render(<Popup {...popupProps([redirectReport], { index })} />);

  expect(container.querySelector("[data-flow='x1'] .new-mark")?.textContent).toBe("New");
  expect(container.querySelector("[data-flow='seen'] .new-mark")).toBeNull();
  await screen.findByRole("heading", { level: 3 });
});

test("missed times are counted in a banner", () => {
  render(<Popup {...popupProps([], { index: { gaps: 2 } })} />);

  screen.getByText("2 gaps in what was seen");
});

test("rivals, open questions and other findings are there but do not crowd the headline", async () => {
  const { container } = render(<Popup {...popupProps([unknownClientReport])} />);

  await screen.findByRole("heading", { name: "Could also be" });
  screen.getByText("Client known to some instances");
  expect(container.querySelector("[data-finding='state-weak']")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "1 other finding" }));
  expect(container.querySelector("[data-finding='state-weak']")).not.toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "1 question stays open" }));
  screen.getByText("What would settle it:");
});

test("what was asked is listed beside what the metadata says", async () => {
  render(<Popup {...popupProps([redirectReport])} />);

  await userEvent.click(await screen.findByRole("button", { name: "What the client asked for (8 parameters)" }));
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(`^${name} `) });
  expect(row("response_type").textContent).toContain("Listed in the server’s metadata");
  expect(row("scope").textContent).toContain("Not in the server’s metadata. It lists openid, profile, mcp:read");
  expect(row("redirect_uri").textContent).toContain("No metadata seen");
  expect(row("state").textContent).toContain("state 1 (43 characters, base64url)");
});

test("the report, the exact redirect URI and the code are copied", async () => {
  const { copy } = render(<Popup {...popupProps([redirectReport])} />);

  await userEvent.click(await screen.findByRole("button", { name: "Copy report" }));
  await screen.findByRole("button", { name: "Copied" });
  await userEvent.click(screen.getByRole("button", { name: "Copy redirect URI" }));
  await userEvent.click(screen.getByRole("button", { name: "Copy the value" }));
  expect(copy.mock.calls).toEqual([["report"], [redirectUri], [redirectUri]]);
});

test("a redirect URI of which a part was replaced is not offered as exact", async () => {
  const { request } = redirectReport.facts;
  if (request.status !== "observed" || !request.value.redirectUri) throw new Error("The fixture has a redirect URI");
  const replaced = { ...request.value.redirectUri.url, path: "/~22.base64url~", pathFingerprint: "k.abcdefghijk" };
  const value = { ...request.value, redirectUri: { url: replaced, text: "http://127.0.0.1/~22.base64url~" } };
  render(<Popup {...popupProps([report({ facts: { request: { status: "observed", value } } })])} />);

  await screen.findByRole("button", { name: "Copy report" });
  expect(screen.queryByRole("button", { name: "Copy redirect URI" })).toBeNull();
});

test("export, inspector and retry act on the attempt; retry says how the client starts again", async () => {
  const commands = watched();
  render(<Popup {...popupProps([redirectReport], { commands })} />);

  await userEvent.click(await screen.findByRole("button", { name: "Export trace" }));
  await userEvent.click(screen.getByRole("button", { name: "Open in inspector" }));
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(commands.exportTrace).toHaveBeenCalledWith("x1");
  expect(commands.openInspector).toHaveBeenCalledWith("x1");
  await screen.findByText(/Only the client can start this again. Run “MCP: List Servers”/);
  const check = new URL(screen.getByRole<HTMLAnchorElement>("link", { name: "Check this server yourself" }).href);
  expect(fieldsIn(check.hash)).toMatchObject({
    url: "https://auth.example.com",
    clientId: "0oa8k2mcp-desktop",
    redirectUri,
    scope: "openid mcp:read mcp:write",
  });
});

test("pause and not on this site act; forgetting asks first and the safe answer has the focus", async () => {
  const commands = watched();
  render(<Popup {...popupProps([redirectReport], { commands })} />);
  await screen.findByRole("button", { name: "Copy report" });

  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(commands.pause).toHaveBeenCalledOnce();

  await userEvent.click(screen.getByRole("button", { name: "Ignore auth.example.com" }));
  await userEvent.click(screen.getByRole("button", { name: "Stop recording" }));
  expect(commands.ignoreSite).toHaveBeenCalledWith("auth.example.com");

  await userEvent.click(screen.getByRole("button", { name: "Forget this attempt" }));
  await userEvent.click(screen.getByRole("button", { name: "Forget it" }));
  expect(commands.forget).toHaveBeenCalledWith("x1");

  await userEvent.click(screen.getByRole("button", { name: "Forget everything" }));
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep" }));
  await userEvent.keyboard("{Escape}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Forget everything" }));
  expect(commands.forgetAll).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  await userEvent.click(
    within(screen.getByRole("group", { name: "Forget every recorded attempt?" })).getByRole("button", {
      name: "Forget everything",
    }),
  );
  expect(commands.forgetAll).toHaveBeenCalledOnce();
});

test("the current page is explained without anything recorded", async () => {
  const { container } = render(
    <Popup
      {...popupProps([], {
        index: { access: "none" },
        pageExplanation: { of: "page", status: "done", report: unknownClientReport },
      })}
    />,
  );

  const explained = screen.getByRole("region", { name: "This page" });
  await within(explained).findByRole("heading", { level: 3, name: /Client Not Registered/ });
  expect(container.querySelector("[data-finding='unknown-client']")?.getAttribute("data-certainty")).toBe("likely");
  expect(screen.queryByRole("button", { name: "Export trace" })).toBeNull();
});

test("a page that cannot be explained is said to be one, and one being read too", () => {
  const { show } = render(<Popup {...popupProps([], { pageExplanation: { of: "page", status: "reading" } })} />);
  screen.getByText("Reading this page");

  show(<Popup {...popupProps([], { pageExplanation: { of: "page", status: "done" } })} />);
  screen.getByText(/not part of an authorization attempt/);
});

test("a pasted text is explained and can be put away", async () => {
  const commands: PopupCommands = { ...commandsFor([]), explainPasted: vi.fn(async () => unknownClientReport) };
  render(<Popup {...popupProps([], { commands })} />);

  await userEvent.click(screen.getByRole("button", { name: "Explain an address or an error text" }));
  await userEvent.type(screen.getByRole("textbox"), "Client Not Registered");
  await userEvent.click(screen.getByRole("button", { name: "Explain" }));
  expect(commands.explainPasted).toHaveBeenCalledWith("Client Not Registered");
  await screen.findByRole("region", { name: "Pasted text" });
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("region", { name: "Pasted text" })).toBeNull();
});

test("an attempt that was forgotten meanwhile is said to be gone", async () => {
  render(<Popup {...popupProps([redirectReport], { commands: commandsFor([]) })} />);

  await screen.findByText("This attempt is no longer stored.");
});

test("a rule that failed is Hopscope's fault and takes nothing else away", async () => {
  const faulty = report({ diagnosis: { faults: [{ id: "state-weak", message: "boom" }] } });
  const { container } = render(<Popup {...popupProps([faulty])} />);

  await screen.findByRole("button", { name: "1 check of Hopscope itself failed on this attempt" });
  expect(container.querySelector("[data-finding='redirect-uri-not-registered']")).not.toBeNull();
});

test("when Hopscope itself fails, a card says so, with details that hold no values", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const commands: PopupCommands = {
    ...commandsFor([]),
    loadReport: () => Promise.reject(new Error('no such key "hunter2" at https://a.example/cb?code=4f9c0d2ab1e84477')),
  };
  const { copy } = render(
    <FailureBoundary extent="page" version="9.9.9">
      <Popup {...popupProps([redirectReport], { commands })} />
    </FailureBoundary>,
  );

  expect((await screen.findByRole("alert")).textContent).toContain("Hopscope itself failed");
  await userEvent.click(screen.getByRole("button", { name: "Copy details" }));
  await waitFor(() => expect(copy).toHaveBeenCalledOnce());
  const details = copy.mock.calls[0]?.[0] ?? "";
  expect(details).toContain("Hopscope 9.9.9\nError: no such key ‹7 characters› at ‹address, 42 characters›");
  expect(details).not.toMatch(/hunter2|4f9c0d2ab1e84477|a\.example/);
  logged.mockRestore();
});

test("asking the server opens the questions and sends nothing by itself", async () => {
  const commands = watched();
  render(<Popup {...popupProps([redirectReport], { commands })} />);

  await userEvent.click(await screen.findByRole("button", { name: "Ask the server" }));
  expect(commands.openQuestions).toHaveBeenCalledWith("x1");
});
