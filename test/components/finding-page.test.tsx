import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FindingCard } from "@/components/attempt/FindingCard.tsx";
import { FindingPage } from "@/components/finding-page/FindingPage.tsx";
import { findingOf, hrefOfFinding } from "@/components/finding-page/href.ts";
import { render } from "./render.tsx";
import { unknownClientFinding } from "./reports.ts";

const pages = import.meta.glob<string>("../../docs/findings/*.md", { query: "?raw", import: "default", eager: true });
const textOf = new Map(Object.entries(pages).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ""), text]));
const ids = new Set(textOf.keys());

test.each([...ids])("the page of %s is shown whole, with its parts and references", (id) => {
  const text = textOf.get(id) ?? "";
  const { container } = render(<FindingPage text={text} ids={ids} />);

  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe(/^# (.*)$/m.exec(text)?.[1]);
  expect(screen.getAllByRole("heading", { level: 3 }).map((part) => part.textContent)).toEqual([
    "What this means",
    "Why it fails",
    "What the evidence shows",
    "How to fix it",
    "When this is a false alarm",
    "References",
  ]);
  const shown = (container.textContent ?? "").replace(/\s+/g, " ");
  const words = text.replace(/\]\([^)]*\)|^\s*```\w*|(?<=` · )\w+$/gm, "]").match(/[A-Za-z]{4,}/g);
  for (const word of words ?? []) expect(shown).toContain(word);
  expect(shown).toContain(
    `${id} · ${text.includes("` · error") ? "Failure" : text.includes("` · warning") ? "Advice" : "Note"}`,
  );
  for (const link of within(container).getAllByRole("link")) {
    const href = link.getAttribute("href") ?? "";
    if (href === "#/") continue;
    const other = findingOf(href.replace("inspector.html", ""));
    if (other !== undefined) expect(ids).toContain(other);
    else {
      expect(href).toMatch(/^https:\/\//);
      expect(link.getAttribute("target")).toBe("_blank");
      expect(link.getAttribute("rel")).toBe("noreferrer");
    }
  }
});

test("markup and addresses that are not https stay without effect", () => {
  const text =
    '# Title\n\n<img src=x onerror="globalThis.wasRun=true">\n\n[go](javascript:alert(1)) ![p](https://x.example/p)';
  const { container } = render(<FindingPage text={text} ids={ids} />);

  expect(container.querySelectorAll("img, script, a[target]")).toHaveLength(0);
  expect(container.textContent).toContain("go");
});

test("an unknown id says so, a page being read too", () => {
  const { show } = render(<FindingPage text={undefined} ids={ids} />);
  screen.getByRole("status");
  show(<FindingPage text="missing" ids={ids} />);
  screen.getByRole("heading", { name: "There is no such finding" });
});

test.each([true, false])("a finding links to its page, in a tab beside (headline: %s)", async (isHeadline) => {
  render(<FindingCard finding={unknownClientFinding} isHeadline={isHeadline} />);
  if (!isHeadline) await userEvent.click(screen.getAllByRole("button")[0] as HTMLElement);

  const link = screen.getByRole("link", { name: "More about this finding" });
  expect(link.getAttribute("href")).toBe("inspector.html#/finding/unknown-client");
  expect(link.getAttribute("target")).toBe("_blank");
});

test("the place of a page is read back", () => {
  expect(findingOf(hrefOfFinding("unknown-client").replace("inspector.html", ""))).toBe("unknown-client");
  expect(findingOf("#/flow/x")).toBeUndefined();
  expect(findingOf("#/finding/%E0%A4%A")).toBe("%E0%A4%A");
});
