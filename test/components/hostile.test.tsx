import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { AttemptView } from "@/components/attempt/AttemptView.tsx";
import { emptyForm } from "@/components/check/check-form.ts";
import { PromptCard } from "@/components/check/PromptCard.tsx";
import { Result } from "@/components/check/Result.tsx";
import { StepRows } from "@/components/check/StepRows.tsx";
import { Compare } from "@/components/compare/Compare.tsx";
import { ExportDialog } from "@/components/exporting/ExportDialog.tsx";
import { Importing } from "@/components/importing/Importing.tsx";
import { Inspector } from "@/components/inspector/Inspector.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { Popup } from "@/components/popup/Popup.tsx";
import { Servers } from "@/components/servers/Servers.tsx";
import { Settings } from "@/components/settings/Settings.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import { alertOf } from "@/lib/report/alerts.ts";
import { exactRedirectUri } from "@/lib/report/exact-redirect-uri.ts";
import { pairsOf } from "@/lib/report/pairs.ts";
import { summariseImported } from "@/lib/report/summary.ts";
import { diagnoseRaw, trace } from "../builders.ts";
import { hostileTexts } from "../hostile-texts.ts";
import { checkCommands } from "./check-scenes.tsx";
import { dangerous, expectHarmless, groupRows } from "./harmless.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { inspectorProps } from "./inspector-scenes.ts";
import { popupProps } from "./popup-scenes.ts";
import { render } from "./render.tsx";
import { exportProps, importingProps, prepared, readFile, settingsProps } from "./screen-scenes.ts";

test("what was measured in a text is said in words, not in the notation that it is stored in", () => {
  const { container } = render(<ServerText text="state: ~43.base64url~ · iss: ~1.digits~ · cost: ~5.5~ each" />);

  expect(container.textContent).toBe("state: ‹43 characters› · iss: ‹1 character› · cost: ~5.5~ each");
});

test.each(hostileTexts)("%j is shown as text, isolated, with nothing hidden", (text) => {
  const { container } = render(<ServerText text={text} />);

  expectHarmless(container);
  expect(container.querySelector("bdi")).not.toBeNull();
  expect(container.querySelectorAll("bdi *:not(span)")).toHaveLength(0);
  const shown = container.querySelector("bdi")?.textContent ?? "";
  for (const letter of text.match(/[\x21-\x7e]/g) ?? []) expect(shown).toContain(letter);
});

test("the popup shows a hostile attempt in every place without running, linking or hiding anything", async () => {
  const { container } = render(<Popup {...popupProps([hostileReport])} />);
  await screen.findByRole("heading", { level: 3 });
  for (const fold of screen.getAllByRole("button", { expanded: false })) await userEvent.click(fold);

  expectHarmless(container);
  expect(container.textContent).toContain("U+202E");
  expect(container.textContent).toContain("mixed alphabets");
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

test.each(["cause", "sequence", "legs", "metadata"] as const)("the inspector's %s view does too", async (view) => {
  const route = { flowId: "hostile", view } as const;
  const { container } = render(<Inspector {...inspectorProps([hostileReport], route, hostileReport)} />);
  for (const fold of within(screen.getByRole("tabpanel")).queryAllByRole("button", { expanded: false })) {
    await userEvent.click(fold);
  }

  expectHarmless(container);
});

test("the end of a long host, which says whose it is, stays visible", () => {
  const { container } = render(<Popup {...popupProps([hostileReport])} />);

  const server = container.querySelector(".attempt-server")?.textContent ?? "";
  expect(server.endsWith(".example")).toBe(true);
  expect(server.length).toBeLessThan(50);
});

test("values of a hundred thousand characters are shortened in the middle and copied in full", async () => {
  const { container, copy } = render(<Popup {...popupProps([longReport])} />);
  await screen.findByRole("heading", { level: 3 });

  expect(container.textContent?.length).toBeLessThan(10_000);
  const quote = container.querySelector("blockquote") as HTMLElement;
  await userEvent.click(within(quote).getByRole("button", { name: "Show all 99,000 characters" }));
  within(quote).getByRole("button", { name: "Shorten", expanded: true });
  await userEvent.click(within(quote).getByRole("button", { name: "Copy" }));
  expect(copy.mock.calls[0]?.[0]).toHaveLength(99_000);
});

const nothing = () => undefined;
const notAsked = () => Promise.reject(new Error("nobody asked for it"));
/** A dialog is no child of what it is rendered into. */
const page = () => document.body;
const made = new Map<readonly string[], readonly FlowReport[]>();

/** Failed attempts whose server sends these texts on its page, as JSON, and in its response. */
function attemptsWith(texts: readonly string[]): readonly FlowReport[] {
  const known = made.get(texts) ?? makeAttempts(texts);
  made.set(texts, known);
  return known;
}

function makeAttempts(texts: readonly string[]): readonly FlowReport[] {
  const all = texts.join("\n");
  const [first = "", second = "", third = ""] = texts;
  const json = { error: first, error_description: all, error_uri: second };
  const asked = { client_id: third, scope: all, state: undefined, redirect_uri: `https://app.example/${first}` };
  return diagnoseRaw(
    trace()
      .authorizationRequest(asked)
      .page({
        status: 400,
        title: first,
        text: `invalid_client\n${all}`,
        headers: { "www-authenticate": `Bearer error="${second}"` },
      })
      .authorizationRequest(asked)
      .page({ status: 400, json })
      .authorizationRequest({ nonce: all })
      .respondsWith({ ...json, code: undefined })
      .page({ status: 500, html: `<title>${first}</title><p>${all}</p>` })
      .authorizationRequest()
      .respondsWith({ iss: first })
      .page({ text: all })
      .tokenRequest({}, { status: 400, json }),
  );
}

test("there are more than 200 of them", () => {
  expect(new Set(hostileTexts).size).toBeGreaterThan(200);
});

test.each(groupRows)(
  "from raw requests to every view of an attempt and every list (group $index)",
  async ({ texts }) => {
    const reports = attemptsWith(texts);
    expect(reports.length).toBeGreaterThanOrEqual(4);
    for (const report of reports) {
      const { container, unmount } = render(
        <AttemptView report={report} commands={{ writeReport: () => "", openInspector: () => undefined }} />,
      );
      for (const fold of within(container).queryAllByRole("button", { expanded: false })) fireEvent.click(fold);
      expectHarmless(container);
      unmount();
      for (const view of ["sequence", "legs", "metadata"] as const) {
        const route = { flowId: report.flow.id, view } as const;
        const shown = render(<Inspector {...inspectorProps(reports, route, report)} />);
        for (const fold of shown.container.querySelectorAll("[aria-expanded=false]")) fireEvent.click(fold);
        expectHarmless(shown.container);
        shown.unmount();
      }
    }
    const [left, right] = reports;
    const alerts = reports.flatMap((report) => alertOf(report) ?? []).map((alert) => ({ ...alert, isRead: false }));
    expect(alerts.length).toBeGreaterThan(0);
    const screens = [
      <Alerts key="alerts" alerts={alerts} limit={500} now={0} onRead={nothing} onClear={nothing} />,
      <Servers key="servers" pairs={pairsOf(reports)} now={0} onReconnect={notAsked} onForget={nothing} />,
      <Compare key="compare" loaded={{ left, right }} now={0} />,
    ];
    for (const element of screens) {
      const shown = render(element);
      expectHarmless(shown.container);
      shown.unmount();
    }
  },
);

test.each(groupRows)("in the popup's list and in what was explained (group $index)", ({ texts }) => {
  const reports = attemptsWith(texts);
  const [report] = reports;
  const props = popupProps(reports, { pageExplanation: { of: "page", status: "done", report } });
  const { container } = render(<Popup {...props} />);

  expect(container.querySelectorAll(".attempt-trigger").length).toBeGreaterThanOrEqual(reports.length - 1);
  expectHarmless(container);
});

test.each(groupRows)("from files, their names and their makers (group $index)", ({ texts }) => {
  const attempts = attemptsWith(texts).map(summariseImported);
  const files: readonly ImportedFile[] = [
    ...texts.map((name) => ({ ...readFile, name, session: name, creator: name, problems: [name], attempts })),
    ...texts.map((name) => ({ kind: "refused", name, size: 1, problem: "This is not a HAR file." }) as const),
  ];
  const { container, show } = render(<Importing {...importingProps({ files })} />);
  expectHarmless(container);
  const reading = { files: files.map(({ name, size }) => ({ name, size })), file: 0, bytes: 1, entries: 1 };
  show(<Importing {...importingProps({ reading })} />);
  expectHarmless(container);
});

test.each(groupRows)("in the preview of an export (group $index)", async ({ texts }) => {
  const legs = texts.map((request) => ({ role: "interaction", request }) as const);
  const replaced = texts.map((name) => ({ name, count: 2 }));
  render(
    <ExportDialog
      {...exportProps(async () => ({ ...prepared, contents: { ...prepared.contents, legs, replaced } }))}
    />,
  );
  await screen.findByRole("list", { name: /Replaced values/ });
  for (const fold of screen.getAllByRole("button", { expanded: false })) fireEvent.click(fold);

  expectHarmless(page());
});

test.each(groupRows)("in the lists of sites (group $index)", ({ texts }) => {
  const sites = texts.map((text) => `*://${text}/*`);
  const { container } = render(<Settings {...settingsProps({ ignoredHosts: texts, sites })} />);

  expect(container.querySelectorAll(".settings-list li")).toHaveLength(texts.length * 2);
  expectHarmless(container);
});

test.each(groupRows)("in a check: what was sent, answered, asked for and left behind (group $index)", ({ texts }) => {
  const [report] = attemptsWith(texts);
  const steps = texts.map((says) => ({ id: "discovery", state: "failed", says }) as const);
  const requests = texts.map((text, id) => ({
    id: String(id),
    step: "discovery" as const,
    method: "GET",
    address: `https://auth.example.com/${text}`,
    sent: [text],
    error: text,
  }));
  const { container } = render(
    <>
      {steps.map((step) => (
        <StepRows key={step.says} steps={[step]} requests={requests} />
      ))}
      {texts.map((body) => (
        <PromptCard
          key={body}
          reach={checkCommands.reach}
          prompt={{ kind: "write", request: { url: `https://auth.example.com/${body}`, body }, answer: nothing }}
        />
      ))}
      <Result
        outcome={{ isConnected: false, leftBehind: texts, ...(report && { report }) }}
        steps={steps}
        wasCancelled={false}
        form={emptyForm}
        onSwitch={nothing}
        hrefOfAttempt={(id) => `#/flow/${id}`}
      />
    </>,
  );
  for (const fold of screen.queryAllByRole("button", { expanded: false })) fireEvent.click(fold);

  expectHarmless(container);
});

test.each(hostileTexts)("%j does nothing where it is pasted", async (text) => {
  const { copy } = render(<LongValue text={text} limit={0} />);
  fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  await waitFor(() => expect(copy).toHaveBeenCalledOnce());

  expect(copy.mock.lastCall?.[0]).not.toMatch(dangerous);
});

test.each(groupRows)(
  "a redirect URI that is copied is one line without anything hidden (group $index)",
  ({ texts }) => {
    const reports = texts.flatMap((text) =>
      diagnoseRaw(
        trace()
          .authorizationRequest({ redirect_uri: `https://app.example/${text}` })
          .page({ status: 400 }),
      ),
    );
    expect(reports).toHaveLength(texts.length);
    for (const report of reports) expect(exactRedirectUri(report) ?? "").not.toMatch(/[\s\p{C}]/u);
  },
);
