import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { CheckServer } from "@/components/check/CheckServer.tsx";
import { fieldsIn, hrefOfCheck } from "@/components/check/check-address.ts";
import type { CheckCommands, CheckOutcome, WriteRequest } from "@/components/check/check-commands.ts";
import { checkCommands } from "./check-scenes.tsx";
import { render } from "./render.tsx";
import { unknownClientReport } from "./reports.ts";

const connected: CheckOutcome = { isConnected: true, leftBehind: [] };

function show(commands: Partial<CheckCommands> = {}) {
  const check = vi.fn<CheckCommands["check"]>(commands.check ?? (async () => connected));
  const holdPage = vi.fn<CheckCommands["holdPage"]>();
  render(
    <CheckServer commands={{ ...checkCommands, holdPage, ...commands, check }} hrefOfAttempt={(id) => `#/${id}`} />,
  );
  return { check, holdPage };
}

const server = "https://mcp.example.com/mcp";
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const enter = (label: string, text: string) => userEvent.type(screen.getByLabelText(label), text);

test("by default it registers, and the response goes where nothing can listen", async () => {
  const { check } = show();
  await enter("MCP server or issuer", server);
  await press("Check");
  expect(check.mock.calls[0]?.[0]).toEqual({
    url: server,
    client: { kind: "register" },
    redirectUri: "http://127.0.0.1:6000/callback",
  });
  await screen.findByText("Connected: every step that the server offers worked.");
});

test("what is sent is announced as soon as there is a host to name", async () => {
  show();
  expect(screen.queryByText(/^Sends at most/)).toBeNull();
  await enter("MCP server or issuer", server);
  const form = within(screen.getByRole("form", { name: "Check a server" }));
  form.getByText(/^Sends at most 35 requests, to mcp\.example\.com and to the hosts that it names for signing in\.$/);
  await userEvent.click(form.getByRole("button", { name: "What is sent" }));
  form.getByText(/^Client: 1 request, the registration, shown to you and sent only when you say so$/);
  await userEvent.click(screen.getByLabelText("Access token that you have"));
  form.getByText(/^Sends at most 29 requests/);
  expect(form.queryByText(/^Client:/)).toBeNull();
});

test("a redirect URI where no response can be received is refused, with the reason", async () => {
  const { check } = show();
  await enter("MCP server or issuer", server);
  await userEvent.click(screen.getByLabelText("The redirect URI of your client"));
  await enter("Redirect URI", "urn:ietf:wg:oauth:2.0:oob");
  await press("Check");
  screen.getByText(/shows the code to a person instead of sending it/);
  expect(check).not.toHaveBeenCalled();
  await userEvent.clear(screen.getByLabelText("Redirect URI"));
  await enter("Redirect URI", "com.example.app:/callback");
  await press("Check");
  expect(check.mock.calls[0]?.[0]).toMatchObject({ redirectUri: "com.example.app:/callback" });
});

test("something that is no address is not checked", async () => {
  const { check } = show();
  await enter("MCP server or issuer", "mcp.example.com");
  await press("Check");
  expect(screen.getByText(/Enter the full address of a server/).getAttribute("role")).toBe("alert");
  expect(check).not.toHaveBeenCalled();
});

test("what was entered stays when another way is tried after a failure", async () => {
  const { check } = show({
    check: async (_, { onStep }) => {
      onStep({ id: "client", state: "failed", says: "The server answered invalid_client." });
      return {
        isConnected: false,
        leftBehind: ["The registration c1 is still on the server"],
        report: unknownClientReport,
      };
    },
  });
  await enter("MCP server or issuer", server);
  await enter("Scope", "mcp:tools");
  await press("Check");
  await screen.findByText("Not connected: it stopped at Client.");
  screen.getByText("The registration c1 is still on the server");
  screen.getByRole("heading", { name: /answered 400 with “Client Not Registered”/ });
  expect(screen.getByRole("link", { name: "Open the attempt" }).getAttribute("href")).toBe("#/x10");

  await press("With a client ID that the operator issued");
  await enter("Client ID", "client-1");
  await press("Check again");
  expect(check.mock.calls[1]?.[0]).toEqual({
    url: server,
    client: { kind: "preregistered", clientId: "client-1" },
    redirectUri: "http://127.0.0.1:6000/callback",
    scope: "mcp:tools",
  });
});

test("the contents of a client ID metadata document name the redirect URI that is used", async () => {
  show();
  await userEvent.click(screen.getByLabelText("Client ID metadata document"));
  await userEvent.click(screen.getByLabelText("Hopscope’s own https address"));
  await enter("Address of the document", "https://example.org/client.json");
  screen.getByText(/"client_id": "https:\/\/example\.org\/client\.json"/);
  screen.getByText(/chromiumapp\.org\/callback"/);
});

test("each step has a row with what was sent and answered; the page is held until the end", async () => {
  let end = (_: CheckOutcome) => {};
  const { holdPage } = show({
    check: (_, { onStep, onRequest }) => {
      onStep({ id: "token", state: "running", says: "Exchanging the code" });
      onRequest({
        id: "1",
        step: "token",
        method: "POST",
        address: "https://a.example/token",
        sent: ["code"],
        status: 200,
      });
      onStep({ id: "token", state: "done", says: "A bearer token came back" });
      return new Promise((resolve) => {
        end = resolve;
      });
    },
  });
  await enter("MCP server or issuer", server);
  await press("Check");
  const row = within(within(await screen.findByRole("list", { name: "Steps" })).getByRole("listitem"));
  row.getByText("Done");
  row.getByText("A bearer token came back");
  await userEvent.click(row.getByRole("button", { name: "1 request" }));
  row.getByText("with code");
  expect(holdPage).toHaveBeenLastCalledWith(true);
  end(connected);
  await screen.findByText(/^Connected/);
  expect(holdPage).toHaveBeenLastCalledWith(false);
});

test("nothing is written before its exact body was shown and allowed", async () => {
  const request: WriteRequest = { url: "https://a.example/register", body: '{ "client_name": "Hopscope probe" }' };
  const answers: boolean[] = [];
  show({
    check: async (_, { mayWrite }) => {
      answers.push(await mayWrite(request));
      return connected;
    },
  });
  await enter("MCP server or issuer", server);
  await press("Check");
  const prompt = within(await screen.findByRole("alert", { name: "Allow this to be sent?" }));
  prompt.getByText(request.body);
  expect(answers).toEqual([]);
  await userEvent.click(prompt.getByRole("button", { name: "Send it" }));
  await vi.waitFor(() => expect(answers).toEqual([true]));
});

test("another host is asked for at a click; cancelling answers what is open with no", async () => {
  const answers: boolean[] = [];
  const reach = vi.fn<CheckCommands["reach"]>(async () => true);
  show({
    reach,
    check: async (_, { mayReach, signal }) => {
      answers.push(await mayReach("auth.example.com"), await mayReach("login.example.com"), signal.aborted);
      return { isConnected: false, leftBehind: [] };
    },
  });
  await enter("MCP server or issuer", server);
  await press("Check");
  await screen.findByText(/sends clients on to auth\.example\.com/);
  await press("Allow and go on");
  expect(reach).toHaveBeenLastCalledWith(["auth.example.com"]);
  await screen.findByText(/sends clients on to login\.example\.com/);
  await press("Cancel");
  await screen.findByText("Cancelled. What had been made was cleaned up.");
  expect(answers).toEqual([true, false, true]);
});

test("three clients are ticked at first; the table says who could connect and why not", async () => {
  const compare = vi.fn<CheckCommands["compare"]>(async (_, { onRow }) => {
    const row = {
      client: "claude",
      redirectUri: "https://claude.ai/api/mcp/auth_callback",
      way: "registration",
    } as const;
    onRow({ ...row, verdict: "accepted", says: "302, on to the login" });
    onRow({ ...row, client: "cursor", verdict: "refused", says: "400 invalid_redirect_uri" });
    return { leftBehind: ["left-1"] };
  });
  show({ compare });
  expect(screen.getAllByRole("checkbox", { checked: true })).toHaveLength(3);
  expect(screen.getByRole("button", { name: "Try these clients" }).hasAttribute("disabled")).toBe(true);
  await enter("MCP server or issuer", server);
  await press("Try these clients");
  expect(compare.mock.calls[0]?.[0]).toEqual({
    url: server,
    clients: ["claude", "vs-code", "cursor"],
    isOwnServer: false,
  });
  const table = within(await screen.findByRole("table", { name: "Which clients can connect?" }));
  expect(within(table.getByRole("row", { name: /Cursor/ })).getByText("400 invalid_redirect_uri")).toBeDefined();
  table.getByText("Accepted");
  screen.getByText("left-1");
});

test("an address fills in the form, and nothing is sent by that", async () => {
  const commands = { ...checkCommands, reach: vi.fn(checkCommands.reach), check: vi.fn(checkCommands.check) };
  const hash = hrefOfCheck({ url: "https://mcp.example.com/", clientId: "abc", redirectUri: "https://app.example/cb" });
  render(<CheckServer commands={commands} hrefOfAttempt={(id) => `#/${id}`} filledIn={fieldsIn(hash)} />);

  const value = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name }).value;
  expect(value("MCP server or issuer")).toBe("https://mcp.example.com/");
  await userEvent.click(screen.getByRole("radio", { name: /Client ID that the operator issued/ }));
  expect(value("Client ID")).toBe("abc");
  await userEvent.click(screen.getByRole("radio", { name: /The redirect URI of your client/ }));
  expect(value("Redirect URI")).toBe("https://app.example/cb");
  expect(commands.reach).not.toHaveBeenCalled();
  expect(commands.check).not.toHaveBeenCalled();
});

test.each([
  ["#/check", { url: "", clientId: "" }],
  ["#/check?url=javascript%3Aalert(1)&client_id=%F0%9F", { url: "javascript:alert(1)" }],
  [
    "#/check?client_id=https%3A%2F%2Fclient.example%2Fmcp.json",
    { client: "document", documentUrl: "https://client.example/mcp.json" },
  ],
  [`#/check?scope=${"a".repeat(100_000)}`, { scope: "a".repeat(8_000) }],
])("the fields in %.60s", (hash, fields) => {
  expect(fieldsIn(hash)).toMatchObject(fields);
});
