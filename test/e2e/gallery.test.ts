import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gallery, openGallery, problemsOf, sizes } from "@/scripts/gallery.ts";
import { scenes } from "../components/gallery/scenes.tsx";
import { executablePath } from "./browser.ts";

let gallery: Gallery;
let browser: Browser;

beforeAll(async () => {
  gallery = await openGallery();
  browser = await chromium.launch({ executablePath: executablePath() });
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** `npm run screenshots` looks at every size in both colour schemes; here each scheme and each end of the sizes has its turn. */
test.concurrent.each(scenes)("$name: accessible, and nothing cut off", async ({ name, surface }) => {
  const widest = { size: sizes[surface][0], colorScheme: "light" } as const;
  const narrowest = { size: sizes[surface].at(-1) ?? widest.size, colorScheme: "dark" } as const;
  for (const { size, colorScheme } of [widest, narrowest]) {
    const page = await browser.newPage({ reducedMotion: "reduce", colorScheme });
    try {
      expect(await gallery.show(page, name, size)).toEqual([]);
      expect(await problemsOf(page), `${size.name} ${colorScheme}`).toEqual([]);
    } finally {
      await page.close();
    }
  }
});
