import type { AskCommands } from "@/components/ask/ask-commands.ts";
import type { AttemptCommands } from "@/components/attempt/AttemptActions.tsx";
import type { Route } from "./route.ts";

/** What the inspector asks of the page around it. */
export interface InspectorCommands extends AttemptCommands {
  readonly goTo: (route: Route) => void;
  readonly asking: AskCommands;
  /** Asks for the metadata of this attempt's server now, whatever the settings say. */
  readonly fetchMetadata?: (flowId: string) => void;
}
