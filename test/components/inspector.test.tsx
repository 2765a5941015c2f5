import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { Inspector } from "@/components/inspector/Inspector.tsx";
import { hrefOf, parseRoute, type Route } from "@/components/inspector/route.ts";
import { CopyingPicture } from "@/components/parts/copying.ts";
import { inspectorCommands, inspectorProps } from "./inspector-scenes.ts";
import { render } from "./render.tsx";
import { connectedReport, redirectReport, report, unknownClientReport } from "./reports.ts";

/** happy-dom lays nothing out: a viewport of 900 pixels and rows of 60 stand in for what a list measures. */
class MeasuredAtOnce implements ResizeObserver {
  readonly #report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.#report = report;
  }
  observe(target: Element) {
    const isViewport = target instanceof HTMLElement && target.style.overflowY === "auto";
    Object.defineProperty(target, "offsetParent", { value: document.body, configurable: true });
    const contentRect = new DOMRect(0, 0, 300, isViewport ? 900 : 60);
    queueMicrotask(() => this.#report([{ target, contentRect } as unknown as ResizeObserverEntry], this));
  }
  unobserve() {}
  disconnect() {}
}
beforeEach(() => {
  vi.stubGlobal("ResizeObserver", MeasuredAtOnce);
  return () => vi.unstubAllGlobals();
});

const recorded = [redirectReport, unknownClientReport, connectedReport];
const of = (view: Route["view"], rest: Partial<Route> = {}): Route => ({ flowId: "x1", view, ...rest });

test("the list has a link per attempt, with its state as a word and what was found", () => {
  render(<Inspector {...inspectorProps(recorded, { view: "cause" })} />);

  const list = screen.getByRole("navigation", { name: "Attempts, newest first" });
  const links = within(list).getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["#/flow/x1", "#/flow/x10", "#/flow/x20"]);
  expect(links[1]?.textContent).toContain("Not connected");
  expect(links[1]?.textContent).toContain("The authorization server does not know this client_id");
  screen.getByRole("heading", { name: "Choose an attempt" });
});

test("searching narrows the list by words of server, client, finding and state", async () => {
  render(<Inspector {...inspectorProps(recorded, { view: "cause" })} />);
  const list = screen.getByRole("navigation", { name: "Attempts, newest first" });

  await userEvent.type(screen.getByRole("searchbox"), "does not know");
  expect(within(list).getAllByRole("link")).toHaveLength(1);
  screen.getByText("1 of 3 attempts");
  await userEvent.type(screen.getByRole("searchbox"), " connected zebra");
  expect(within(list).queryAllByRole("link")).toHaveLength(0);
  screen.getByText("No attempt matches.");
});

test("with nothing recorded, and while reading, it says so", () => {
  const { show } = render(<Inspector {...inspectorProps([], { view: "cause" })} index={undefined} />);
  expect(screen.getByRole("status").textContent).toBe("Reading what was recorded");

  show(<Inspector {...inspectorProps([], { view: "cause" })} />);
  screen.getByRole("heading", { name: "No attempt recorded yet" });
});

test("an attempt still being worked out, and one that is gone, are told apart", () => {
  const { show } = render(<Inspector {...inspectorProps(recorded, of("cause"))} loaded={undefined} />);
  screen.getByText("Working out what happened");

  show(<Inspector {...inspectorProps(recorded, of("cause"))} />);
  screen.getByRole("heading", { name: "This attempt is no longer stored" });
});

test("evidence leads to its leg", () => {
  render(<Inspector {...inspectorProps(recorded, of("cause"), redirectReport)} />);

  const links = screen.getAllByRole("link", { name: "Show leg" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["#/flow/x1/legs/x1", "#/flow/x1/legs/x2"]);
});

test("the linked leg is open with its address and where it redirects to; the broken leg is named in words", () => {
  render(<Inspector {...inspectorProps(recorded, of("legs", { exchangeId: "x1" }), redirectReport)} />);

  const rows = within(screen.getByRole("tabpanel")).getAllByRole("listitem");
  expect(rows).toHaveLength(3);
  within(rows[1] as HTMLElement).getByRole("button", { expanded: true, name: /authorization request.*Broke here/ });
  within(rows[1] as HTMLElement).getByText("https://auth.example.com/consent");
  within(rows[0] as HTMLElement).getByRole("button", { expanded: false });
});

test("tabs are chosen by keyboard and become part of the address", async () => {
  const goTo = vi.fn();
  const commands = { ...inspectorCommands, goTo };
  render(<Inspector {...inspectorProps(recorded, of("cause"), redirectReport)} commands={commands} />);

  screen.getByRole("tab", { name: "Cause", selected: true }).focus();
  await userEvent.keyboard("{ArrowRight}{Enter}");
  expect(goTo).toHaveBeenCalledWith({ flowId: "x1", view: "sequence" });
});

test("the sequence is a named picture, a list in words, and Mermaid text to copy", async () => {
  const { copy } = render(<Inspector {...inspectorProps(recorded, of("sequence"), redirectReport)} />);

  const picture = screen.getByRole("img", { name: "Sequence of the attempt at auth.example.com" });
  expect(picture.getAttribute("aria-describedby")).toBe(picture.querySelector("desc")?.id);
  expect(picture.querySelector("desc")?.textContent).toMatch(
    /^3 legs between Client, Hopscope, Browser, Authorization server. Broke at leg 2, GET \/authorize\./,
  );
  expect(picture.querySelectorAll("[data-broken]")).toHaveLength(1);
  expect(picture.textContent).toContain("Broke here");
  await userEvent.click(screen.getByRole("button", { name: "Steps in words" }));
  expect(screen.getAllByRole("listitem").at(-2)?.textContent).toBe(
    "Browser to authorization server: GET /authorize — 302 → auth.example.com. Broke here",
  );
  await userEvent.click(screen.getByRole("button", { name: "Copy as Mermaid" }));
  expect(copy.mock.calls[0]?.[0]).toMatch(/^sequenceDiagram\n/);
  await userEvent.click(screen.getByRole("button", { name: "Copy as SVG" }));
  expect(copy.mock.calls[1]?.[0]).toContain("http://www.w3.org/2000/svg");
});

test("the picture is copied as one, and failing that is said", async () => {
  const copyPicture = vi.fn(async (picture: Promise<Blob>) => void (await picture));
  vi.stubGlobal(
    "Image",
    class {
      decode = () => Promise.reject(new Error("no picture here"));
    },
  );
  render(
    <CopyingPicture value={copyPicture}>
      <Inspector {...inspectorProps(recorded, of("sequence"), redirectReport)} />
    </CopyingPicture>,
  );

  await userEvent.click(screen.getByRole("button", { name: "Copy as picture" }));
  await screen.findByRole("button", { name: "Could not copy" });
  expect(copyPicture).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test("every rung of the metadata ladder has its outcome in words, and the document that was used", async () => {
  render(<Inspector {...inspectorProps(recorded, of("metadata"), redirectReport)} />);

  const rungs = within(screen.getByRole("tabpanel")).getAllByRole("listitem");
  expect(rungs.map((rung) => rung.querySelector(".rung-outcome")?.textContent)).toEqual(["Not there", "Found"]);
  await userEvent.click(screen.getByRole("button", { name: "Document (6 members)" }));
  screen.getByText(/"issuer": "https:\/\/auth.example.com"/);
});

test("metadata that was asked for twice and came alike is one rung; another answer is another", () => {
  const { metadata } = redirectReport.facts;
  if (metadata.status !== "observed" || !metadata.value.server) throw new Error("The fixture has metadata");
  const first = metadata.value.server;
  const again = { ...first, exchangeId: "x0b", rung: "server-metadata/oauth-root/again" } as const;
  const other = { ...again, exchangeId: "x0c", document: { issuer: "https://other.example.com" } };
  const twice = report({
    facts: { metadata: { status: "observed", value: { ...metadata.value, rungs: [first, again, other] } } },
  });
  render(<Inspector {...inspectorProps([twice], of("metadata"), twice)} />);

  const rungs = within(screen.getByRole("tabpanel")).getAllByRole("listitem");
  expect(rungs.map(({ textContent }) => /, 2 times alike/.test(textContent ?? ""))).toEqual([true, false]);
  screen.getByRole("tab", { name: "Metadata 2" });
});

test("without legs or metadata each view says so", () => {
  const bare = report({
    flow: { legs: [] },
    facts: { metadata: { status: "missing", looked: "nothing was asked" } },
  });
  const { show } = render(<Inspector {...inspectorProps([bare], of("legs"), bare)} />);
  screen.getByText("No leg was seen.");
  show(<Inspector {...inspectorProps([bare], of("metadata"), bare)} />);
  screen.getByText("No metadata request was seen or made for this attempt.");
});

test.each<[string, Route]>([
  ["", { view: "cause" }],
  ["#/", { view: "cause" }],
  ["#/elsewhere/x", { view: "cause" }],
  ["#/flow/a%2Fb", { flowId: "a/b", view: "cause" }],
  ["#/flow/x/nonsense/y", { flowId: "x", view: "cause" }],
  ["#/flow/x/metadata/y", { flowId: "x", view: "metadata" }],
  ["#/flow/%zz", { flowId: "%zz", view: "cause" }],
])("the address %s leads somewhere", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test("an address that was written is read back", () => {
  const route: Route = { flowId: "1:2/ü#", view: "legs", exchangeId: "a b/c" };
  expect(parseRoute(hrefOf(route))).toEqual(route);
});
