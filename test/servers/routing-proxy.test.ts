import { Agent, get } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listener, listen } from "./listen.ts";
import { type Routing, type RoutingProxy, startRoutingProxy } from "./routing-proxy.ts";

let instances: Listener[];
const proxies: RoutingProxy[] = [];

beforeAll(async () => {
  instances = await Promise.all(
    ["a", "b", "c"].map((name) => listen({ protocol: "http", handler: (_, response) => response.end(name) })),
  );
});

afterAll(async () => {
  await Promise.all([...proxies, ...(instances ?? [])].map((listener) => listener.close()));
});

async function route(routing: Routing): Promise<RoutingProxy> {
  const proxy = await startRoutingProxy(routing);
  proxies.push(proxy);
  proxy.route(instances.map(({ origin }) => origin));
  return proxy;
}

const ask = (url: string, agent: Agent, cookie = ""): Promise<{ body: string; cookie: string | undefined }> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, async (response) => {
      let body = "";
      for await (const chunk of response) body += String(chunk);
      resolve({ body, cookie: response.headers["set-cookie"]?.[0]?.split(";")[0] });
    }).once("error", reject);
  });

async function askTimes(count: number, url: string, agent: () => Agent): Promise<string> {
  let answers = "";
  for (let asked = 0; asked < count; asked += 1) answers += (await ask(url, agent())).body;
  return answers;
}

const once = (): Agent => new Agent({ keepAlive: false });

describe("the load balancer of the lab", () => {
  it("goes round", async () => {
    expect(await askTimes(6, (await route("round-robin")).origin, once)).toBe("abcabc");
  });

  it("reaches every instance by chance", async () => {
    // Missing one of three in 100 draws has a chance of 10^-17.
    expect(new Set(await askTimes(100, (await route("random")).origin, once))).toEqual(new Set("abc"));
  });

  it("keeps an instance per connection", async () => {
    const { origin } = await route("sticky");
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await askTimes(3, origin, () => kept)).toBe("aaa");
    expect(await askTimes(3, origin, once)).toBe("bca");
    kept.destroy();
  });

  it("keeps an instance per browser", async () => {
    const { origin } = await route("cookie");
    const first = await ask(origin, once());
    const other = await ask(origin, once());
    expect([first.body, other.body]).toEqual(["a", "b"]);
    expect((await ask(origin, once(), first.cookie)).body).toBe("a");
    expect((await ask(origin, once(), other.cookie)).body).toBe("b");
  });
});
