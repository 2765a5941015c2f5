import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type ProbePlan, type ProbeRequest, type ProbeSubject, planOf } from "./probe.ts";

/** One advertised endpoint and whether anything answers there; a 4xx is an answer. */
export interface EndpointReading {
  readonly name: string;
  readonly url: string;
  readonly status?: number;
  readonly error?: string;
  readonly exchangeId: string;
  readonly isReachable: boolean;
}

/** One GET without parameters to every advertised endpoint: nothing is asked of it but to answer. */
export function planEndpoints(subject: ProbeSubject): ProbePlan {
  const requests = Object.entries(subject.endpoints).flatMap(([name, url]): ProbeRequest[] =>
    URL.canParse(url) && /^https?:/.test(url)
      ? [{ purpose: `probe/endpoints/${name}`, method: "GET", url, headers: [{ name: "accept", value: "*/*" }] }]
      : [],
  );
  return planOf("endpoints", subject, requests);
}

export const readEndpoints = (exchanges: readonly Exchange[]): readonly EndpointReading[] =>
  exchanges.flatMap(({ id, purpose, url, status, error }) => {
    const name = /^probe\/endpoints\/(.+)$/.exec(purpose ?? "")?.[1];
    if (name === undefined) return [];
    return [
      {
        name,
        url: `${url.scheme}://${url.host}${url.path}`,
        ...(status !== undefined && { status }),
        ...(error !== undefined && { error }),
        exchangeId: id,
        // 404, and the codes of a gateway with nothing behind it, mean that there is no such endpoint.
        isReachable: status !== undefined && ![404, 410, 502, 503, 504].includes(status),
      },
    ];
  });
