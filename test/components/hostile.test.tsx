import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { AttemptView } from "@/components/attempt/AttemptView.tsx";
import { Compare } from "@/components/compare/Compare.tsx";
import { Inspector } from "@/components/inspector/Inspector.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { Popup } from "@/components/popup/Popup.tsx";
import { Servers } from "@/components/servers/Servers.tsx";
import { alertOf } from "@/lib/report/alerts.ts";
import { pairsOf } from "@/lib/report/pairs.ts";
import { diagnoseRaw, trace } from "../builders.ts";
import { hostileTexts } from "../hostile-texts.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { inspectorProps } from "./inspector-scenes.ts";
import { popupProps } from "./popup-scenes.ts";
import { render } from "./render.tsx";

/** Characters that hide, reorder or break lines; none may reach the page as itself. */
const dangerous = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** What our own components are made of: anything else came in as markup. */
const foreign = "img, script, iframe, object, embed, style, link, meta, base, form[action], a[href^='javascript']";

function expectHarmless(container: HTMLElement) {
  expect(container.querySelectorAll(foreign)).toHaveLength(0);
  expect(container.textContent).not.toMatch(dangerous);
  expect("wasRun" in globalThis).toBe(false);
  for (const link of container.querySelectorAll("a"))
    expect(link.getAttribute("href")).toMatch(/^(#|inspector\.html#\/|https:\/\/www\.rfc-editor\.org\/)/);
}

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
const perAttempt = 9;
const groups = Array.from({ length: Math.ceil(hostileTexts.length / perAttempt) }, (_, group) =>
  hostileTexts.slice(group * perAttempt, (group + 1) * perAttempt),
);

/** Failed attempts whose server sends these texts on its page, as JSON, and in its response. */
function attemptsWith(texts: readonly string[]) {
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

test.each(groups.map((texts, index) => ({ index, texts })))(
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
