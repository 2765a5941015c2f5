import type { Page } from "playwright-core";
import type { ClientOptions, RunningClient } from "./client.ts";
import { arriveAt, decide, logIn } from "./interaction.ts";
import type { People, Person } from "./people.ts";

/** How the attempt must be shown in the end. */
export type AttemptState = "not-connected" | "code-delivered" | "incomplete";

/** What a person does and what goes wrong, whatever the server. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly state: AttemptState;
  /** Id of the finding that must be the headline; none for healthy and abandoned attempts. */
  readonly finding?: string;
  readonly client?: Pick<ClientOptions, "alterRequest" | "callback">;
  /** The server loses the client between registration and authorization request. */
  readonly isClientForgotten?: true;
  /** Runs against the server behind a gateway that changes `state`. */
  readonly isStateRewritten?: true;
  readonly person: (page: Page, attempt: Attempt) => Promise<void>;
}

interface Attempt {
  readonly client: RunningClient;
  readonly people: People;
  /** Called on each page before the person acts on it. */
  readonly rest: () => Promise<void>;
}

const arrive = (page: Page, { client }: Attempt): Promise<void> => arriveAt(page, client.redirectUri);

async function signIn(page: Page, { rest }: Attempt, person: Person): Promise<void> {
  await page.getByLabel("Username").waitFor();
  await rest();
  await logIn(page, person);
}

async function choose(page: Page, { rest }: Attempt, decision: "Continue" | "Deny"): Promise<void> {
  await page.getByRole("button", { name: "Deny" }).waitFor();
  await rest();
  await decide(page, decision);
}

/** The authorization server answers at once; there is nothing to do. */
const watch = async (): Promise<void> => {};

const allow: Scenario["person"] = async (page, attempt) => {
  await signIn(page, attempt, attempt.people.add());
  await choose(page, attempt, "Continue");
  await arrive(page, attempt);
};

const alterRedirectUri =
  (alter: (uri: URL) => string) =>
  (parameters: URLSearchParams): void =>
    parameters.set("redirect_uri", alter(new URL(parameters.get("redirect_uri") ?? "")));

export const scenarios: readonly Scenario[] = [
  {
    id: "unknown-client",
    title: "Client that the server no longer knows",
    state: "not-connected",
    finding: "unknown-client",
    isClientForgotten: true,
    person: watch,
  },
  {
    id: "redirect-path",
    title: "Redirect URI with another path",
    state: "not-connected",
    finding: "redirect-uri-not-registered",
    client: { alterRequest: alterRedirectUri((uri) => `${uri.origin}/oauth/callback`) },
    person: watch,
  },
  {
    id: "redirect-scheme",
    title: "Redirect URI with another scheme",
    state: "not-connected",
    finding: "redirect-uri-not-registered",
    client: { alterRequest: alterRedirectUri((uri) => uri.href.replace("http:", "https:")) },
    person: watch,
  },
  {
    id: "no-pkce",
    title: "No PKCE where the server requires it",
    state: "not-connected",
    finding: "pkce-required",
    client: {
      alterRequest: (parameters) => {
        parameters.delete("code_challenge");
        parameters.delete("code_challenge_method");
      },
    },
    person: arrive,
  },
  {
    id: "denied",
    title: "The person denies access",
    state: "not-connected",
    finding: "access-denied",
    person: async (page, attempt) => {
      await signIn(page, attempt, attempt.people.add());
      await choose(page, attempt, "Deny");
      await arrive(page, attempt);
    },
  },
  {
    id: "state-altered",
    title: "A gateway changes state on the way back",
    state: "not-connected",
    finding: "state-mismatch",
    isStateRewritten: true,
    person: allow,
  },
  {
    id: "nobody-listens",
    title: "Nobody listens at the redirect URI",
    state: "not-connected",
    finding: "callback-unreachable",
    client: { callback: "nobody listens" },
    person: async (page, attempt) => {
      const { client, people } = attempt;
      await signIn(page, attempt, people.add());
      const refused = page.waitForEvent("requestfailed", (request) => request.url().startsWith(client.redirectUri));
      await choose(page, attempt, "Continue");
      await refused;
      await page.waitForURL((url) => url.protocol === "chrome-error:");
    },
  },
  {
    id: "callback-500",
    title: "The client's callback page answers 500",
    state: "not-connected",
    finding: "callback-failed",
    client: { callback: "fails" },
    person: allow,
  },
  {
    id: "abandoned",
    title: "Left on the login page",
    state: "incomplete",
    person: async (page, { people, rest }) => {
      const { username, password } = people.add();
      await page.getByLabel("Username").fill(username);
      await page.getByLabel("Password").fill(password);
      await rest();
    },
  },
  {
    id: "healthy",
    title: "Healthy: login and consent pages that mention errors",
    state: "code-delivered",
    person: allow,
  },
  {
    id: "healthy-wrong-password",
    title: "Healthy: wrong password first",
    state: "code-delivered",
    person: async (page, attempt) => {
      const person = attempt.people.add();
      await signIn(page, attempt, { ...person, password: attempt.people.add().password });
      await page.getByRole("alert").waitFor();
      await signIn(page, attempt, person);
      await choose(page, attempt, "Continue");
      await arrive(page, attempt);
    },
  },
];
