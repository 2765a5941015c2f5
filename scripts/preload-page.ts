interface Chunk {
  readonly type: "chunk" | "asset";
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

interface Context {
  readonly bundle?: Readonly<Record<string, Chunk>>;
  readonly chunk?: { readonly fileName: string };
}

/**
 * A page that asks for its data before the rest of itself is loaded imports that rest from a `mount-….tsx`: lets the browser fetch it
 * meanwhile.
 */
export const preloadPage = () => ({
  name: "preload-page",
  transformIndexHtml: {
    order: "post" as const,
    handler(_: string, { bundle = {}, chunk }: Context) {
      const entry = scriptsFrom(bundle, chunk ? [chunk.fileName] : []);
      const rest = [...entry].flatMap(
        (file) => bundle[file]?.dynamicImports?.filter((each) => /\/mount-/.test(each)) ?? [],
      );
      return [...scriptsFrom(bundle, rest)]
        .filter((file) => !entry.has(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head" as const,
        }));
    },
  },
});

/** These and all that they import statically. */
function scriptsFrom(bundle: NonNullable<Context["bundle"]>, files: readonly string[]): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) for (const imported of bundle[file]?.imports ?? []) found.add(imported);
  return found;
}
