import type { Page } from "playwright-core";
import { decide } from "../../test/servers/interaction.ts";
import { finish, type Recipe, start, type Visit } from "./visits.ts";

const again = (parameters: Readonly<Record<string, string>>) => (query: URLSearchParams) => {
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
};

/** Signs in once; what follows finds a session and, with the same client, a grant. */
async function signIn(visit: Visit): Promise<{ page: Page; clientId: string }> {
  const client = await start(visit);
  const page = await visit.context.newPage();
  await page.goto(client.authorizationUrl);
  await visit.bench.pass(page, await visit.bench.newPerson());
  await finish(page, client);
  return { page, clientId: client.clientId };
}

/** A second attempt with the session of the first, whose person only decides, if anything. */
const second = (
  id: string,
  parameters: Readonly<Record<string, string>>,
  options: { readonly isSameClient: boolean; readonly decides: boolean },
): Recipe => ({
  id,
  states: ["connected", "connected"],
  async visit(visit) {
    const { page, clientId } = await signIn(visit);
    const client = await start(visit, {
      alterRequest: again(parameters),
      ...(options.isSameClient && { clientId }),
    });
    await page.goto(client.authorizationUrl);
    if (options.decides) await decide(page, "Continue");
    await finish(page, client);
  },
});

export const sessions: readonly Recipe[] = [
  second("other-client", {}, { isSameClient: false, decides: true }),
  second("same-client", {}, { isSameClient: true, decides: false }),
  second("same-client-consents-anew", { prompt: "consent" }, { isSameClient: true, decides: true }),
  second("same-client-hint", { login_hint: "someone@lab.example" }, { isSameClient: true, decides: false }),
  second("same-client-form-post", { response_mode: "form_post" }, { isSameClient: true, decides: false }),
  second("same-client-fragment", { response_mode: "fragment" }, { isSameClient: true, decides: false }),
];

const hidden = (id: string, parameters: Readonly<Record<string, string>>): Recipe => ({
  id,
  states: ["connected", "connected"],
  async visit(visit) {
    const { page, clientId } = await signIn(visit);
    const client = await start(visit, { clientId, alterRequest: again({ prompt: "none", ...parameters }) });
    await page.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.hidden = true;
      document.body.append(frame);
    }, client.authorizationUrl);
    const outcome = await client.outcome;
    await client.stop();
    if (outcome.kind !== "connected") throw new Error(JSON.stringify(outcome));
  },
});

/** A page renews its session without asking: in the tab, in a hidden frame, and where it was signed out. */
export const silent: readonly Recipe[] = [
  second("silent-in-tab", { prompt: "none" }, { isSameClient: true, decides: false }),
  hidden("silent-in-frame", {}),
  hidden("silent-in-frame-form-post", { response_mode: "form_post" }),
  {
    id: "silent-asks-whether-signed-in",
    // The answer "no" is what the question is for; the attempt itself does not connect, and nothing is wrong with it.
    states: ["not-connected", "connected"],
    async visit(visit) {
      const silently = await start(visit, { alterRequest: again({ prompt: "none" }) });
      const page = await visit.context.newPage();
      await page.goto(silently.authorizationUrl);
      await silently.outcome;
      await silently.stop();
      const client = await start(visit, { clientId: silently.clientId });
      await page.goto(client.authorizationUrl);
      await visit.bench.pass(page, await visit.bench.newPerson());
      await finish(page, client);
    },
  },
];
