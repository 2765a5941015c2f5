import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { AskServer } from "@/components/ask/AskServer.tsx";
import type { AskCommands, AskOutcome } from "@/components/ask/ask-commands.ts";
import { terminalCommand } from "@/components/ask/terminal-command.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { observed } from "@/lib/facts/fact.ts";
import { agreement, askable, askCommands, disagreement } from "./ask-scenes.ts";
import { render } from "./render.tsx";
import { at, unknownClientReport } from "./reports.ts";

const none: AskOutcome = { sent: 6, deleted: [], leftBehind: [] };

function show(report: FlowReport, commands: Partial<AskCommands> = {}) {
  const ask = vi.fn<AskCommands["ask"]>(commands.ask ?? (async () => none));
  const all: AskCommands = { ...askCommands, ...commands, ask };
  const element = (shown: FlowReport) => <AskServer report={shown} commands={all} causeHref="#/flow/x10" />;
  const rendered = render(element(report));
  return { ...rendered, ask, update: (shown: FlowReport) => rendered.show(element(shown)) };
}

const question = (name: string) => within(screen.getByRole("region", { name }));
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  return () => vi.useRealTimers();
});

test("each question names the host and how many requests go there before anything is sent", async () => {
  const { ask } = show(askable());
  question("Does the server know this client?").getByText("Sends 6 requests to auth.example.com.");
  question("Do all instances agree?").getByText(
    "Sends 24 requests to auth.example.com, and 24 more after 90 s if the answers differ.",
  );
  question("Is registration open to unknown clients?").getByText(/Sends at most 4 requests .* registers 2 clients/);
  expect(screen.queryByRole("region", { name: "Can it fetch the client’s metadata document?" })).toBeNull();
  expect(ask).not.toHaveBeenCalled();

  await press("Ask: Does the server know this client?");
  expect(ask).toHaveBeenCalledOnce();
  await question("Does the server know this client?").findByText("6 requests were sent.");
});

test("what is sent is listed, random values left out", async () => {
  show(askable());
  const known = question("Does the server know this client?");
  await userEvent.click(known.getByRole("button", { name: "What is sent" }));
  expect(known.getAllByRole("listitem")).toHaveLength(6);
  known.getAllByText(/GET/);
  expect(known.getAllByText(/client_id=0oa8k2mcp-desktop/).length).toBe(3);
  expect(known.queryByText(/random-\d/)).toBeNull();
});

test("a question that writes shows the exact body and sends nothing until that was allowed", async () => {
  const { ask } = show(askable());
  await press("Ask: Does a new registration stay known?");
  const canary = question("Does a new registration stay known?");
  canary.getByText(/"client_name": "Hopscope probe \(safe to delete\)"/);
  await userEvent.click(canary.getByRole("button", { name: "Do not send" }));
  expect(ask).not.toHaveBeenCalled();

  await press("Ask: Does a new registration stay known?");
  await userEvent.click(canary.getByRole("button", { name: "Send it" }));
  expect(ask).toHaveBeenCalledOnce();
});

test("what could not be deleted is listed, and so is why fewer requests were sent", async () => {
  show(askable(), {
    ask: async () => ({ sent: 9, stopped: "rate-limited", deleted: ["c1"], leftBehind: ["left-c2"] }),
  });
  await press("Ask: Does the server know this client?");
  await screen.findByText(
    /9 requests were sent\. The server asked for fewer requests \(429\).* 1 registration was deleted/,
  );
  screen.getByText("left-c2");
});

test("an imported attempt asks again before its server is asked from this computer", async () => {
  const live = askable();
  const legs = live.flow.legs.map((leg) => ({ ...leg, exchange: { ...leg.exchange, source: "import" as const } }));
  const { ask } = show({ ...live, flow: { ...live.flow, legs } });
  await press("Ask: Are the advertised endpoints reachable?");
  screen.getByText(/This attempt was imported/);
  expect(ask).not.toHaveBeenCalled();
  await press("Ask from this computer");
  expect(ask).toHaveBeenCalledOnce();
});

test("without access to the host nothing is asked", async () => {
  const { ask } = show(askable(), { reach: async () => false });
  await press("Ask: Does the server know this client?");
  await screen.findByText(/not allowed to reach the host/);
  expect(ask).not.toHaveBeenCalled();
});

test("a question can be cancelled while it is asked", async () => {
  let isCancelled = () => false;
  show(askable(), {
    ask: (_, __, progress) => {
      isCancelled = progress.isCancelled;
      progress.onSent(3);
      return new Promise(() => undefined);
    },
  });
  await press("Ask: Do all instances agree?");
  await screen.findByText("Asking: 3 of at most 24 requests sent");
  expect(isCancelled()).toBe(false);
  await press("Cancel");
  expect(isCancelled()).toBe(true);
});

test("answers that agree come with their odds and with the command that a terminal needs", () => {
  show(askable({ instances: agreement }));
  const instances = question("Do all instances agree?");
  instances.getByText(/No disagreement was seen\. 8 answers agreed/);
  instances.getByText("npm run --silent hopscope -- check https://auth.example.com --client-id 0oa8k2mcp-desktop");
});

test("answers that differ are asked for again 90 s after the first, with the time left shown", async () => {
  vi.useFakeTimers({ now: at + 30_000 });
  const { ask, update } = show(askable(), { now: Date.now });
  fireEvent.click(screen.getByRole("button", { name: "Ask: Do all instances agree?" }));
  await act(() => vi.advanceTimersByTimeAsync(0));
  update(askable({ instances: disagreement }));
  expect(screen.getByRole("timer").textContent).toBe("Asking again in 60 s");

  await act(() => vi.advanceTimersByTimeAsync(58_000));
  expect(screen.getByRole("timer").textContent).toBe("Asking again in 2 s");
  expect(ask).toHaveBeenCalledOnce();
  await act(() => vi.advanceTimersByTimeAsync(2_500));
  expect(ask).toHaveBeenCalledTimes(2);
  expect(ask.mock.calls[1]?.[0].plan.requests[0]?.purpose).toMatch(/^probe\/instance-consistency\/2\//);
});

test("coming back later, the repeat waits for a press", () => {
  show(askable({ instances: disagreement }));
  expect(screen.queryByRole("timer")).toBeNull();
  screen.getByRole("button", { name: "Ask again in 90 s" });
});

test("without its authorization request there is nothing to ask about", () => {
  show(askable(), { questionsFor: () => [] });
  screen.getByRole("heading", { name: "There is nothing to ask about" });
});

test("the command for a terminal names an address, whatever a server calls itself", () => {
  const { facts } = unknownClientReport;
  if (facts.metadata.status !== "observed" || !facts.metadata.value.server)
    throw new Error("the scene has no metadata");
  const { server } = facts.metadata.value;
  const document = { ...server.document, issuer: "--register" };
  const metadata = observed({ ...facts.metadata.value, server: { ...server, document } });
  expect(terminalCommand({ ...unknownClientReport, facts: { ...facts, metadata } })).toMatch(/ check https:\/\/\S+ /);
});
