const root = new URL("../", import.meta.url);

/** Module hook: `@/lib/…` is a path from the package's own folder, wherever it is installed. */
export function resolve(specifier, context, next) {
  return next(specifier.startsWith("@/") ? new URL(specifier.slice(2), root).href : specifier, context);
}
