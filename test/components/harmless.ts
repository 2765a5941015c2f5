import { expect } from "vitest";
import { hostileTexts } from "../hostile-texts.ts";

/** Characters that hide, reorder or break lines; none may reach the page as itself. */
export const dangerous = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** What our own components are made of: anything else came in as markup. */
const foreign = "img, script, iframe, object, embed, style, link, meta, base, form[action], a[href^='javascript']";

/** Read aloud or shown on hover. */
const spoken = ["aria-label", "title", "placeholder", "alt"];

export function expectHarmless(container: HTMLElement) {
  expect(container.querySelectorAll(foreign)).toHaveLength(0);
  expect(container.textContent).not.toMatch(dangerous);
  for (const name of spoken)
    for (const element of container.querySelectorAll(`[${name}]`))
      expect(element.getAttribute(name)).not.toMatch(dangerous);
  expect(document.title).toBe("");
  expect("wasRun" in globalThis).toBe(false);
  for (const link of container.querySelectorAll("a"))
    expect(link.getAttribute("href")).toMatch(/^(#|inspector\.html#\/|https:\/\/www\.rfc-editor\.org\/)/);
}

const perAttempt = 9;

/** All of them, some to an attempt. */
export const groupRows = Array.from({ length: Math.ceil(hostileTexts.length / perAttempt) }, (_, index) => ({
  index,
  texts: hostileTexts.slice(index * perAttempt, (index + 1) * perAttempt),
}));
