import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { launch } from "../e2e/browser.ts";
import { copyCounting, countedEvents } from "../e2e/counted-events.ts";

const requests = 300;
const body = `<!doctype html><title>Somebody else's</title><script>
Promise.all(Array.from({ length: ${requests} }, (_, index) => Promise.all([
  fetch("/data?" + index).then((answer) => answer.text()),
  new Promise((done) => Object.assign(new Image(), { onload: done, onerror: done, src: "/image?" + index })),
]))).then(() => { document.title = "All there"; });
</script>`;

test(`a page of ${requests} images and ${requests} fetches sends Hopscope at most six events`, async () => {
  const server = createServer((request, response) => {
    if (request.url === "/") response.setHeader("content-type", "text/html");
    response.end(request.url === "/" ? body : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const folder = await mkdtemp(join(tmpdir(), "hopscope-counting-"));
  const extension = join(folder, "chrome-mv3");
  await copyCounting(inject("extension"), extension);
  const browser = await launch({ extension, grant: "all" });
  onTestFinished(async () => {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await browser.context.newPage();

  const before = await countedEvents(browser);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => document.title === "All there");
  const events = (await countedEvents(browser)) - before;

  expect(events).toBeGreaterThan(0);
  expect(events).toBeLessThanOrEqual(6);
});
