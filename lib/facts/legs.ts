import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { errorOfBody } from "./answer.ts";
import type { LegFacts } from "./flow-facts.ts";

/** Every leg of the attempt in order of time, for rules about the wire as a whole. */
export function legsOf(flow: Flow): LegFacts[] {
  return flow.legs.map(({ role, exchange }) => {
    const referer = refererOf(exchange);
    const error = errorOfBody(exchange);
    return {
      exchangeId: exchange.id,
      role,
      at: exchange.startedAt,
      method: exchange.method,
      url: exchange.url,
      isFetch: exchange.type === "fetch",
      cookies: exchange.cookies,
      ...(exchange.status !== undefined && { status: exchange.status }),
      ...(exchange.error !== undefined && { networkError: exchange.error }),
      ...(exchange.redirect && { redirect: exchange.redirect }),
      ...(exchange.initiator !== undefined && { initiator: exchange.initiator }),
      ...(referer && { referer }),
      ...(error && { error }),
    };
  });
}

function refererOf({ requestHeaders }: Exchange): LegFacts["referer"] {
  const header = requestHeaders.find(({ name }) => name.toLowerCase() === "referer");
  return header?.value.kind === "url" ? header.value.url : undefined;
}
