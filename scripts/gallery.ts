import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build, type InlineConfig, preview } from "vite";
import type { Scene } from "@/test/components/gallery/scenes.tsx";

export interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** The sizes at which a surface is looked at, the usual one first. */
export const sizes: Readonly<Record<Scene["surface"], readonly [Size, ...Size[]]>> = {
  popup: [
    { name: "380", width: 380, height: 600 },
    // At 200 % zoom the browser still gives a popup no more than 600 pixels of height.
    { name: "380-zoomed", width: 380, height: 300 },
  ],
  page: [
    { name: "1024", width: 1024, height: 768 },
    // Half of a wide screen: just too wide for stacked rows, and tight for a table.
    { name: "800", width: 800, height: 768 },
    // What 1024 px at 200 % zoom come down to.
    { name: "512", width: 512, height: 900 },
    { name: "380", width: 380, height: 900 },
  ],
};

/** Fonts differ between machines; these two come with most Linux systems and measure like Arial and Courier. */
export const pictureFonts = ':root { --font: "Liberation Sans", Arial; --font-mono: "Liberation Mono", "Courier New" }';

export interface Gallery {
  /** Shows a scene in a page of that size, and gives what scripts in it threw. */
  show(page: Page, scene: string, size: Size): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Serves every state of every screen, built rather than from source: a file saved meanwhile must not reload a page. */
export async function openGallery(): Promise<Gallery> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const outDir = mkdtempSync(join(tmpdir(), "hopscope-gallery-"));
  const config = {
    root: `${root}test/components/gallery`,
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "@": root.replace(/\/$/, "") } },
    build: { outDir, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1_000 },
    preview: { port: 0, host: "127.0.0.1" },
  } satisfies InlineConfig;
  await build(config);
  const server = await preview(config);
  const [base] = server.resolvedUrls?.local ?? [];
  if (base === undefined) throw new Error("The page server did not start");
  return {
    async show(page, scene, { width, height }) {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.setViewportSize({ width, height });
      await page.goto(`${base}?scene=${scene}`);
      await page.waitForSelector("h1, h2");
      await page.addStyleTag({ content: pictureFonts });
      await page.waitForLoadState("networkidle");
      await page.addScriptTag({ content: axe });
      return scene.includes("failed-itself") ? [] : errors;
    },
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Violations that axe finds, and what is cut off, squeezed or needs a horizontal scroll bar, in the colours in use now. */
export async function problemsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    // Anything cut off sideways without a way to scroll there is lost, whether or not the page itself scrolls.
    const cut = [...document.querySelectorAll("body *:not(.visually-hidden, .leg-bar, .popup-body, thead)")].filter(
      (element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        return overflowX === "hidden" && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
      },
    );
    // Words that stand letter below letter are there, but nobody can read them.
    const squeezed = [...document.querySelectorAll("body :not(thead *, .visually-hidden)")].filter((element) =>
      [...element.childNodes].some((node) => {
        const text = node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? "").trim() : "";
        if (text.length < 12) return false;
        const range = document.createRange();
        range.selectNodeContents(node);
        // Parts that run the other way have boxes of their own in a line.
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 4))).size;
        return text.length / Math.max(1, lines - text.split("\n").length + 1) < 5;
      }),
    );
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    const body = document.querySelector(".popup-body, .screen, .check, .inspector-detail");
    const isSideways = scrollWidth > clientWidth || (body !== null && body.scrollWidth > body.clientWidth + 1);
    // The inspector scrolls inside its bar; if the page did too, the bar could leave the window.
    const isTwice = document.querySelector(".inspector") !== null && scrollHeight > clientHeight;
    return [
      ...violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ...(isSideways ? ["scrolls sideways"] : []),
      ...(isTwice ? ["the page scrolls behind its bar"] : []),
      ...squeezed.map((element) => `squeezes ${element.outerHTML.slice(0, 120)}`),
      ...cut.map((element) => `cuts off ${element.outerHTML.slice(0, 120)}`),
    ];
  });
}
