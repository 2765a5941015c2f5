import type { Exchange } from "@/lib/exchange/exchange.ts";
import { isOpenidPath, type RungName, type RungSuffix, recogniseWellKnown, rungKinds } from "./plan.ts";

const isRungName = (name: string): name is RungName => Object.hasOwn(rungKinds, name);

function fromPurpose(purpose: string): { name: RungName; suffix: RungSuffix } | undefined {
  if (!purpose.startsWith("ladder/")) return undefined;
  const full = purpose.slice("ladder/".length);
  const suffix: RungSuffix = full.endsWith("/redirected") ? "/redirected" : full.endsWith("/again") ? "/again" : "";
  const name = full.slice(0, full.length - suffix.length);
  return isRungName(name) ? { name, suffix } : undefined;
}

function fromPath(path: string): RungName | undefined {
  const role = recogniseWellKnown(path);
  if (role === undefined) return undefined;
  const isInFront = path.startsWith("/.well-known/");
  const hasMore = path.split("/").filter((segment) => segment !== "").length > 2;
  if (role === "resource-metadata") {
    if (!isInFront) return "resource-metadata/appended";
    return hasMore ? "resource-metadata/inserted" : "resource-metadata/root";
  }
  if (isOpenidPath(path)) {
    if (!isInFront) return "server-metadata/openid-appended";
    return hasMore ? "server-metadata/openid-inserted" : "server-metadata/openid-root";
  }
  if (!isInFront) return "server-metadata/oauth-appended";
  return hasMore ? "server-metadata/oauth-inserted" : "server-metadata/oauth-root";
}

/** Which rung of the ladder an exchange is: by its purpose when it is ours, by its URL or its 401 when it is not. */
export function rungNameOf(exchange: Exchange): { readonly name: RungName; readonly suffix: RungSuffix } | undefined {
  if (exchange.purpose !== undefined) return fromPurpose(exchange.purpose);
  const name = fromPath(exchange.url.path);
  if (name !== undefined) return { name, suffix: "" };
  const isChallenge =
    exchange.status === 401 && exchange.headers.some((header) => header.name.toLowerCase() === "www-authenticate");
  return isChallenge ? { name: "challenge", suffix: "" } : undefined;
}
