import { type Redaction, replaceWhole } from "./redaction.ts";
import { isNamed, isOrdinary, isPlaceholder } from "./shape.ts";

/** A scope is public; one that does not read as a name is measured, and then only known scopes beside it stay. */
export function redactScope(value: string, redaction: Redaction): string {
  const items = value.split(" ", 200);
  // A phrase reads as a list of scopes too.
  const isPhrase = items.length > 1 && items.every((item) => !isNamed(item) && !isNamedScope(item));
  const isSuspicious = isPhrase || items.some((item) => !isScope(item));
  return items
    .map((item) => (isScope(item) && (!isSuspicious || isNamedScope(item)) ? item : replaceWhole(item, redaction)))
    .join(" ");
}

const isScope = (item: string): boolean =>
  item === "" || isNamedScope(item) || (item.length <= 64 && /^[!-~]*[a-z][!-~]*$/i.test(item) && isOrdinary(item));
const namedScopes = new Set(
  "openid profile email address phone offline_access offline read write admin user".split(" "),
);
/** Scopes whose form says that they are ones: `mcp:tools`, `https://…/auth/drive`, `api://<application>/access`. */
const isNamedScope = (item: string): boolean =>
  item === "" ||
  isPlaceholder(item) ||
  namedScopes.has(item) ||
  (/^[a-z][\w-]*(?:[:./][\w*-]+)+$/i.test(item) && isOrdinary(item.replaceAll("*", ""))) ||
  (/^https:\/\/[\w.-]+(?:\/[\w.-]+)*\/?$/.test(item) && isOrdinary(item.slice(8))) ||
  (/^(?:api:\/\/)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[\w.]{1,40}$/i.test(item) &&
    isOrdinary(item.slice(item.lastIndexOf("/") + 1)));
