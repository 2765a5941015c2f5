import { pkceNotAdvertised } from "@/lib/diagnosis/rules/pkce-not-advertised.ts";
import { describeLadder, issuer, serverDocument, serverUrl } from "../../discovery/web.ts";

const withMethods = (methods: unknown) => ({
  [serverUrl]: { json: { ...serverDocument, code_challenge_methods_supported: methods } },
});

describeLadder(pkceNotAdvertised, [
  { of: "S256", web: {}, is: "pass" },
  { of: "S256 among others", web: withMethods(["plain", "S256"]), is: "pass" },
  { of: "no list", web: withMethods(undefined), is: "fail", severity: "error", says: "is absent", shows: ["absent"] },
  { of: "plain only", web: withMethods(["plain"]), is: "fail", says: "TypeScript SDK" },
  { of: "an empty list", web: withMethods([]), is: "fail", says: "an empty list" },
  { of: "a server of another protocol", url: issuer, web: withMethods(undefined), is: "notApplicable" },
  { of: "no document", web: { [serverUrl]: undefined }, is: "notApplicable" },
]);
