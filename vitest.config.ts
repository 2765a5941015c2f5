import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const pureTests = [
  "oauth",
  "knowledge",
  "clients",
  "exchange",
  "redaction",
  "trace",
  "discovery",
  "probes",
  "facts",
  "diagnosis",
  "report",
  "har",
  "cli",
  "repo",
];

/** Whole recordings, thousands of mutations, hundreds of attempts: as pure as the core, too long for the quick gate. */
const deep = ["cli/redact", "diagnosis/healthy", "har/export", "har/import", "har/malformed", "report/hostile"].map(
  (name) => `test/${name}.test.ts`,
);

/** Screens and ways of access beside the spine; a lane of their own keeps `npm test` short. */
const screens = [
  "access",
  "ask",
  "check",
  "devtools",
  "first-use",
  "gallery",
  "har-devtools",
  "hostile",
  "import",
  "incognito",
  "keyboard",
  "screens",
].map((name) => `test/e2e/${name}.test.ts`);

/** Milliseconds after which a test hangs; generous, so that a busy machine fails nothing. */
const hangs = 60_000;

/** A real browser or server on a shared machine now and then loses a race of its own; two more tries tell it from a fault. */
const retry = process.env.CI ? 2 : 0;

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        // Plain Node, no browser shims: a pure folder that touches a browser API fails here.
        test: {
          name: "core",
          environment: "node",
          // Pure code keeps no state between files, so they may share one module graph; it halves the time.
          isolate: false,
          testTimeout: hangs,
          include: pureTests.map((folder) => `test/${folder}/**/*.test.ts`),
          exclude: deep,
        },
      },
      {
        resolve: { alias },
        test: { name: "deep", environment: "node", testTimeout: hangs, include: deep },
      },
      {
        resolve: { alias },
        test: {
          name: "extension",
          environment: "happy-dom",
          testTimeout: hangs,
          include: ["test/components/**/*.test.tsx", "test/browser/**/*.test.ts"],
          exclude: ["test/components/hostile*"],
        },
      },
      {
        resolve: { alias },
        // 200 texts in every place that shows one: components like those above, too long for the spine.
        test: {
          name: "hostile",
          environment: "happy-dom",
          testTimeout: hangs,
          include: ["test/components/hostile*.test.tsx"],
        },
      },
      {
        resolve: { alias },
        test: { name: "property", environment: "node", include: ["test/property/**/*.property.ts"] },
      },
      {
        resolve: { alias },
        // Real servers in processes of their own: one file at a time, and time to start. Some are asked by the built extension.
        test: {
          name: "servers",
          retry,
          environment: "node",
          include: ["test/servers/**/*.test.ts"],
          globalSetup: "test/e2e/setup.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        // Faults on purpose: the built extension in a real browser whose worker, storage and tabs die. Prints figures.
        test: {
          name: "faults",
          retry,
          environment: "node",
          include: ["test/faults/**/*.test.ts"],
          globalSetup: "test/e2e/setup.ts",
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        // The built extension in a real browser, which is not to be shared between files.
        test: {
          name: "e2e",
          retry,
          environment: "node",
          include: ["test/e2e/**/*.test.ts"],
          exclude: screens,
          globalSetup: "test/e2e/setup.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        // The Firefox build in a real Firefox: that it installs, records and explains. Everything else is the same source.
        test: {
          name: "firefox",
          retry,
          environment: "node",
          include: ["test/firefox/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "screens",
          retry,
          environment: "node",
          include: screens,
          globalSetup: "test/e2e/setup.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
