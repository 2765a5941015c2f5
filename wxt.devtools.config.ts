import { defineConfig, type UserManifest } from "wxt";
import base from "./wxt.config.ts";

/** The same extension with a panel in DevTools: `npm run build:devtools`. */
export default defineConfig({
  ...base,
  outDirTemplate: "{{browser}}-mv{{manifestVersion}}-devtools{{modeSuffix}}",
  hooks: {
    ...base.hooks,
    // In the place of the one that leaves the panel out.
    "entrypoints:found": () => undefined,
  },
  manifest: async (environment) => {
    const manifest = typeof base.manifest === "function" ? await base.manifest(environment) : await base.manifest;
    return { ...manifest, name: "Hopscope with DevTools panel", content_security_policy: framedByDevtools(manifest) };
  },
});

/** DevTools shows the pages of an extension in frames of its own. */
function framedByDevtools(manifest: UserManifest | undefined): { readonly extension_pages: string } {
  const policy = manifest?.content_security_policy;
  const pages = typeof policy === "object" ? policy.extension_pages : undefined;
  if (!pages?.includes("frame-ancestors 'none'")) throw new Error("The policy does not say who may frame the pages");
  return { extension_pages: pages.replace("frame-ancestors 'none'", "frame-ancestors devtools://devtools") };
}
