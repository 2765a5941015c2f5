#!/usr/bin/env node
import { register as registerHooks } from "node:module";
// biome-ignore lint/style/noRestrictedImports: Node itself cannot load the TypeScript of an installed package.
import { register } from "tsx/esm/api";

register({ tsconfig: false });
// tsx leaves path aliases alone in installed packages.
registerHooks("./alias.mjs", import.meta.url);
await import("./hopscope.ts");
