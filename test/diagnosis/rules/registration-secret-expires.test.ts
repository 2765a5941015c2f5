import { registrationSecretExpires } from "@/lib/diagnosis/rules/registration-secret-expires.ts";
import { clientId, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

/** The clock of the traces: 2026-01-05, 09:00 UTC. */
const day = Date.UTC(2026, 0, 5, 9) / 1000;
const registered = (answer: Readonly<Record<string, unknown>>) =>
  trace()
    .registration({}, { status: 201, json: { client_id: clientId, ...answer } })
    .authorizationRequest();
const secret = { client_secret: "7Fjfp0ZBr1KtDRbnfVdmIw9q2XcVbNmA" };

describeRule(registrationSecretExpires, [
  {
    of: "a secret for thirty days",
    trace: registered({ ...secret, client_secret_expires_at: day + 30 * 86_400 }),
    is: "fail",
    certainty: "proven",
    says: "ends 30 days after it",
    shows: String(day + 30 * 86_400),
  },
  {
    of: "a secret that was over at once",
    trace: registered({ ...secret, client_secret_expires_at: day - 10 }),
    is: "fail",
    certainty: "proven",
    says: "was over",
  },
  { of: "a secret that stays", trace: registered({ ...secret, client_secret_expires_at: 0 }), is: "pass" },
  {
    of: "a secret without a word about its end",
    trace: registered(secret),
    is: "fail",
    certainty: "proven",
    says: "does not say when",
  },
  { of: "a public client", trace: registered({}), is: "notApplicable" },
  { of: "no registration", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
