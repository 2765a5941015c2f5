import { CheckServer } from "@/components/check/CheckServer.tsx";
import { CompatibilityTable } from "@/components/check/CompatibilityTable.tsx";
import type { CheckCommands, ShownRequest } from "@/components/check/check-commands.ts";
import { emptyForm } from "@/components/check/check-form.ts";
import { PromptCard } from "@/components/check/PromptCard.tsx";
import { Result } from "@/components/check/Result.tsx";
import { StepRows } from "@/components/check/StepRows.tsx";
import { Shell } from "@/components/inspector/Shell.tsx";
import type { CompatibilityRow } from "@/lib/probes/compatibility.ts";
import type { Step } from "@/lib/probes/connection.ts";
import { unknownClientReport } from "./reports.ts";

/** A page that answers nothing; tests replace what they look at. */
export const checkCommands: CheckCommands = {
  redirectUris: {
    loopback: "http://127.0.0.1:6000/callback",
    extension: "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/callback",
  },
  reach: async () => true,
  check: async () => ({ isConnected: true, leftBehind: [] }),
  compare: async () => ({ leftBehind: [] }),
  holdPage: () => undefined,
};

const steps: readonly Step[] = [
  {
    id: "discovery",
    state: "done",
    says: "Authorization server https://auth.example.com, resource https://mcp.example.com/mcp",
  },
  { id: "endpoints", state: "done", says: "4 of 5 endpoints answer; nothing at revocation_endpoint (404)" },
  { id: "client", state: "done", says: "Registered as client_id 0oa8k2mcp-desktop, without a secret" },
  { id: "authorization", state: "failed", says: "No response came back to the redirect URI." },
  {
    id: "cleanup",
    state: "done",
    says: "The registration 0oa8k2mcp-desktop is still on the server: it offers no way to delete it.",
  },
];
const connectedSteps: readonly Step[] = [
  ...steps.slice(0, 3),
  { id: "authorization", state: "done", says: "A code came back, with the state that was sent" },
  { id: "token", state: "done", says: "A bearer token came back" },
  { id: "refresh", state: "skipped", says: "The server gave no refresh token" },
  { id: "resource", state: "done", says: "https://mcp.example.com/mcp answered 200" },
  { id: "cleanup", state: "done", says: "Nothing is left behind" },
];
const requests: readonly ShownRequest[] = [
  {
    id: "1",
    step: "discovery",
    method: "POST",
    address: "https://mcp.example.com/mcp",
    sent: ["jsonrpc"],
    status: 401,
  },
  { id: "2", step: "client", method: "POST", address: "https://auth.example.com/register", sent: ["client_name"] },
];

const compatibility: readonly CompatibilityRow[] = [
  {
    client: "claude",
    redirectUri: "https://claude.ai/api/mcp/auth_callback",
    way: "document",
    verdict: "accepted",
    says: "The login page was shown (200).",
  },
  {
    client: "cursor",
    redirectUri: "cursor://anysphere.cursor-retrieval/oauth/user-mcp/callback",
    way: "registration",
    verdict: "refused",
    says: "400 invalid_redirect_uri: Only https and loopback redirect URIs may be registered here.",
  },
  {
    client: "vs-code",
    redirectUri: "http://127.0.0.1:33418/",
    way: "registration",
    verdict: "cannotTell",
    says: "429 without a text",
  },
];

export const checkScenes = [
  {
    name: "check-running",
    element: (
      <Shell screen="check">
        <main className="check">
          <h2>Check a server</h2>
          <PromptCard
            reach={checkCommands.reach}
            prompt={{
              kind: "write",
              request: { url: "https://auth.example.com/register", body: '{\n  "client_name": "Hopscope probe"\n}' },
              answer: () => undefined,
            }}
          />
          <StepRows
            steps={[...steps.slice(0, 2), { id: "client", state: "running", says: "Registering" }]}
            requests={requests.slice(0, 1)}
          />
        </main>
      </Shell>
    ),
  },
  {
    name: "check-connected",
    element: (
      <Shell screen="check">
        <main className="check">
          <h2>Check a server</h2>
          <StepRows steps={connectedSteps} requests={requests} />
          <Result
            outcome={{ isConnected: true, leftBehind: [] }}
            steps={connectedSteps}
            wasCancelled={false}
            form={emptyForm}
            onSwitch={() => undefined}
            hrefOfAttempt={(id) => `#/flow/${id}`}
          />
          <CompatibilityTable rows={compatibility} />
        </main>
      </Shell>
    ),
  },
  {
    name: "check-failed",
    element: (
      <Shell screen="check">
        <main className="check">
          <h2>Check a server</h2>
          <StepRows steps={steps} requests={requests} />
          <Result
            outcome={{
              isConnected: false,
              leftBehind: ["The registration 0oa8k2mcp-desktop is still on the server."],
              report: unknownClientReport,
            }}
            steps={steps}
            wasCancelled={false}
            form={emptyForm}
            onSwitch={() => undefined}
            hrefOfAttempt={(id) => `#/flow/${id}`}
          />
        </main>
      </Shell>
    ),
  },
  {
    name: "check",
    element: (
      <Shell screen="check">
        <CheckServer commands={checkCommands} hrefOfAttempt={(id) => `#/flow/${id}`} />
      </Shell>
    ),
  },
] as const;
