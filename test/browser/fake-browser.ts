import { vi } from "vitest";

type Listener = (...details: never[]) => unknown;

/** An extension event that a test fires itself. */
export class FakeEvent {
  readonly listeners: { readonly listener: Listener; readonly rest: readonly unknown[] }[] = [];

  addListener(listener: Listener, ...rest: readonly unknown[]) {
    if (!this.hasListener(listener)) this.listeners.push({ listener, rest });
  }

  removeListener(listener: Listener) {
    const index = this.listeners.findIndex((each) => each.listener === listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }

  hasListener = (listener: Listener) => this.listeners.some((each) => each.listener === listener);

  fire(...details: readonly unknown[]) {
    for (const { listener } of this.listeners) listener(...(details as never[]));
  }
}

const area = (onChanged: FakeEvent, name: string) => {
  let values: Record<string, unknown> = {};
  return {
    async get(names: string | readonly string[] | null) {
      const wanted = names === null ? Object.keys(values) : [names].flat();
      return structuredClone(Object.fromEntries(wanted.flatMap((key) => (key in values ? [[key, values[key]]] : []))));
    },
    async set(changes: Record<string, unknown>) {
      values = { ...values, ...structuredClone(changes) };
      onChanged.fire(Object.fromEntries(Object.keys(changes).map((key) => [key, {}])), name);
    },
    async remove(names: string | readonly string[]) {
      const gone = [names].flat();
      values = Object.fromEntries(Object.entries(values).filter(([key]) => !gone.includes(key)));
      onChanged.fire(Object.fromEntries(gone.map((key) => [key, {}])), name);
    },
  };
};

/** The parts of the extension interfaces that lib/browser uses, in memory. */
export function createFakeBrowser() {
  const onChanged = new FakeEvent();
  return {
    runtime: {
      id: "self",
      getManifest: () => ({ version: "1" }),
      getURL: (path: string) => `chrome-extension://self${path || "/"}`,
      onMessage: new FakeEvent(),
    },
    storage: { local: area(onChanged, "local"), session: area(onChanged, "session"), onChanged },
    webRequest: {
      onBeforeRequest: new FakeEvent(),
      onHeadersReceived: new FakeEvent(),
      onBeforeRedirect: new FakeEvent(),
      onErrorOccurred: new FakeEvent(),
    },
    webNavigation: undefined as Record<string, FakeEvent> | undefined,
    tabs: {
      query: vi.fn(async (_: object): Promise<{ id: number }[]> => []),
      get: vi.fn(async (id: number) => ({ id, status: "complete" })),
    },
    action: { setBadgeText: vi.fn(async () => undefined), setBadgeBackgroundColor: vi.fn(async () => undefined) },
    permissions: {
      getAll: vi.fn(async (): Promise<{ origins: string[]; permissions?: string[] }> => ({ origins: [] })),
      contains: vi.fn(async () => false),
      request: vi.fn(async () => true),
      onAdded: new FakeEvent(),
      onRemoved: new FakeEvent(),
    },
  };
}

/** One holder at a time, as in the browser. */
export function installLocks(): void {
  let tail: Promise<unknown> = Promise.resolve();
  Object.defineProperty(navigator, "locks", {
    configurable: true,
    value: {
      request: (_: string, task: () => Promise<unknown>) => {
        const result = tail.then(task);
        tail = result.catch(() => undefined);
        return result;
      },
    },
  });
}
