import { act, fireEvent, within } from "@testing-library/react";
import { beforeAll, describe, expect, test } from "vitest";
import { EvidenceList } from "@/components/attempt/EvidenceList.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import { strings as parts } from "@/components/parts/strings.ts";
import type { FlowState } from "@/lib/diagnosis/rule.ts";
import { scenes } from "./gallery/scenes.tsx";
import { render } from "./render.tsx";

const modules = import.meta.glob<{ readonly strings: unknown }>("../../components/*/strings.ts", { eager: true });

// What a screen loads when it needs it, so that it is there at once.
beforeAll(async () => {
  await Promise.all([
    import("@/components/attempt/AttemptView.tsx"),
    import("@/docs/findings/client-registration-lost.md?raw"),
  ]);
});

/** Every sentence of a screen's words; those with something to fill in are filled in. */
function sentencesIn(words: unknown): readonly string[] {
  if (typeof words === "string") return [words];
  if (typeof words === "function") {
    const filled = [
      [2, 3, 4],
      [["one", "two"], 2],
      ["one", "two"],
      [2, ["one", "two"], "three"],
    ].flatMap((values) => {
      try {
        return sentencesIn((words as (...values: unknown[]) => unknown)(...values));
      } catch {
        // Meant for something else.
        return [];
      }
    });
    expect(filled).not.toEqual([]);
    return filled;
  }
  return typeof words === "object" && words !== null ? Object.values(words).flatMap(sentencesIn) : [];
}

/** Whose error it is, or which; without one of these the word says nothing. */
const named = /\b(?:network|server) errors?\b|\berror (?:code|text|page|message)s?\b/gi;
const vague = /\berrors?\b|something (?:went|is) wrong|unexpected|unknown (?:failure|problem)|oops|please contact/i;

const nameless = (text: string) => vague.exec(text.replace(named, ""))?.[0];

describe("no screen says error without saying what and whose", () => {
  test.each(Object.entries(modules))("the words of %s", (_, { strings }) => {
    const sentences = sentencesIn(strings);
    expect(sentences.length).toBeGreaterThan(2);
    expect(sentences.filter(nameless)).toEqual([]);
  });

  test("evidence names whose error it quotes", () => {
    const evidence = {
      exchangeId: "x",
      role: "interaction",
      part: "response",
      where: "error",
      says: "denied",
    } as const;
    const { container } = render(<EvidenceList evidence={[evidence]} />);
    expect(container.querySelector(".evidence-place")?.textContent).toBe("error code that the server sent");
  });

  test.each(scenes)("$name as it is shown", async ({ element }) => {
    const { container } = await act(async () => render(element));
    // What servers, requests and stack traces say is theirs.
    for (const foreign of container.querySelectorAll("bdi, code, pre, blockquote, .picture")) foreign.remove();
    const texts = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) expect(nameless(texts.currentNode.textContent ?? "")).toBeUndefined();
    for (const element of container.querySelectorAll("[aria-label], [title]"))
      expect(nameless(`${element.getAttribute("aria-label") ?? ""} ${element.getAttribute("title") ?? ""}`)).toBe(
        undefined,
      );
  });
});

const states = Object.keys(parts.states) as FlowState[];

describe("a state is never shown by colour alone", () => {
  test("each has a word of its own and a shape of its own", () => {
    const marks = states.map((state) => render(<StateMark state={state} />).container);
    expect(new Set(marks.map(({ textContent }) => textContent)).size).toBe(states.length);
    expect(new Set(marks.map((mark) => mark.querySelector("svg")?.innerHTML)).size).toBe(states.length);
  });

  /** What is coloured by its state, and the words that say the same. */
  const coloured: Readonly<Record<string, RegExp>> = {
    ".state[data-mark]": new RegExp(`^(?:${Object.values(parts.states).join("|")})$`),
    ".new-mark": /^New$/,
    "[data-severity] > .disclosure .severity": /^(?:Failure|Advice|Note)$/,
    ".leg[data-broken]": /Broke here/,
    ".picture [data-broken]": /Broke here/,
    ".rung-outcome": /\w/,
    ".verdict-cell": /\w/,
    ".compared-verdict": /\w/,
    ".alert:not([data-read])": /New/,
    ".access-state, .settings-state": /\w/,
    ".check-step-state": /\w/,
    ".import-file[data-kind]": /\w/,
  };

  test("whatever is coloured says so in words, on every screen", async () => {
    const seen = new Set<string>();
    for (const { element } of scenes) {
      const { container, unmount } = await act(async () => render(element));
      for (const fold of within(container).queryAllByRole("button", { expanded: false })) fireEvent.click(fold);
      for (const [selector, words] of Object.entries(coloured))
        for (const marked of container.querySelectorAll(selector)) {
          seen.add(selector);
          expect(marked.textContent).toMatch(words);
        }
      for (const attempt of container.querySelectorAll<HTMLElement>("[data-flow][data-state]"))
        expect(attempt.textContent).toContain(parts.states[attempt.dataset.state as FlowState]);
      unmount();
    }
    expect([...seen].sort()).toEqual(Object.keys(coloured).sort());
  });
});
