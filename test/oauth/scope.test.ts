import { expect, it } from "vitest";
import { parseScope, scopesNamedIn, scopesOutside } from "@/lib/oauth/scope.ts";

it("reads space-delimited tokens once each", () => {
  expect(parseScope(" openid  profile openid ")).toEqual(["openid", "profile"]);
  expect(parseScope("")).toEqual([]);
});

it("compares tokens as they are written", () => {
  expect(scopesOutside(["openid", "Files.Read", "offline_access"], ["openid", "files.read"])).toEqual([
    "Files.Read",
    "offline_access",
  ]);
});

it("finds the tokens that a text names, not parts of other words", () => {
  const requested = ["read", "mail.read", "offline_access"];
  expect(scopesNamedIn("Client was not registered with scope offline_access.", requested)).toEqual(["offline_access"]);
  expect(scopesNamedIn("not allowed to request scope 'mail.read', already said", requested)).toEqual(["mail.read"]);
});
