import type { Server } from "../server.ts";
import { fastmcpPython } from "./fastmcp-python.ts";
import { keycloak } from "./keycloak.ts";
import { mcpTypescriptSdk } from "./mcp-typescript-sdk.ts";

/** All products, in the order of their ids. */
export const servers: readonly Server[] = [fastmcpPython, keycloak, mcpTypescriptSdk];
