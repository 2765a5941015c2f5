import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type CanaryReading, readCanary } from "./canary.ts";
import { type ClientAllowListReading, readClientAllowList } from "./client-allow-list.ts";
import { type ClientMetadataReading, readClientMetadata } from "./client-metadata.ts";
import { type EndpointReading, readEndpoints } from "./endpoints.ts";
import { type InstanceReading, readInstances } from "./instance-consistency.ts";
import { type KnownClientReading, readKnownClient } from "./known-client.ts";
import { type LoopbackReading, readLoopback } from "./loopback-port.ts";
import { type RedirectUriReading, readRedirectUris } from "./redirect-allow-list.ts";

/** Everything that probes found out; each member is absent when its probe was not run. */
export interface ProbeReadings {
  readonly knownClient?: KnownClientReading;
  readonly canary?: CanaryReading;
  readonly instances?: InstanceReading;
  readonly endpoints?: readonly EndpointReading[];
  readonly redirectUris?: readonly RedirectUriReading[];
  readonly loopback?: LoopbackReading;
  readonly clientMetadata?: ClientMetadataReading;
  readonly clientAllowList?: ClientAllowListReading;
}

/** Reads probe exchanges in any order; undefined when there are none. */
export function readProbes(exchanges: readonly Exchange[]): ProbeReadings | undefined {
  if (exchanges.length === 0) return undefined;
  const knownClient = readKnownClient(exchanges);
  const instances = readInstances(exchanges);
  const controls = [
    ...(knownClient?.oracles ?? []),
    ...(instances?.bursts.flatMap(({ oracles }) => oracles) ?? []),
  ].flatMap(({ oracle, control }) => (oracle === "redirect" ? control : []));
  const canary = readCanary(exchanges, new Set(controls.map(({ signature }) => signature)));
  const [endpoints, redirectUris] = [readEndpoints(exchanges), readRedirectUris(exchanges)];
  const loopback = readLoopback(exchanges);
  const clientMetadata = readClientMetadata(exchanges);
  const clientAllowList = readClientAllowList(exchanges);
  return {
    ...(knownClient && { knownClient }),
    ...(canary && { canary }),
    ...(instances && { instances }),
    ...(endpoints.length > 0 && { endpoints }),
    ...(redirectUris.length > 0 && { redirectUris }),
    ...(loopback && { loopback }),
    ...(clientMetadata && { clientMetadata }),
    ...(clientAllowList && { clientAllowList }),
  };
}
