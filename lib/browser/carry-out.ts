import type { Command } from "./commands.ts";
import type { Discovery } from "./discover.ts";
import type { Projector } from "./projector.ts";
import type { Recorder } from "./recorder.ts";
import { changeSettings } from "./settings.ts";

export async function carryOut(
  command: Command,
  {
    recorder,
    projector,
    discovery,
  }: { readonly recorder: Recorder; readonly projector: Projector; readonly discovery: Discovery },
): Promise<void> {
  switch (command.command) {
    case "pause":
      recorder.record({ kind: "gap", source: "browser", at: Date.now(), reason: "paused" });
      await recorder.settled();
      recorder.applySettings(await changeSettings((settings) => ({ ...settings, isPaused: true })));
      return;
    case "resume":
      recorder.applySettings(await changeSettings((settings) => ({ ...settings, isPaused: false })));
      return;
    case "ignoreSite": {
      // With or without a port: what is ignored is the site.
      const host = command.host.toLowerCase().replace(/:\d+$/, "");
      const add = (hosts: readonly string[]) => [...new Set([...hosts, host])];
      recorder.applySettings(
        await changeSettings((settings) => ({ ...settings, ignoredHosts: add(settings.ignoredHosts) })),
      );
      await recorder.settled();
      await projector.forgetSite(host);
      await recorder.restart();
      return;
    }
    case "forget":
      // What is being stored is forgotten with it.
      await recorder.settled();
      await projector.forget(command.flowId);
      await recorder.restart();
      return;
    case "forgetAll":
      await recorder.settled();
      await projector.forgetAll();
      await recorder.restart();
      return;
    case "markSeen":
      await projector.markSeen();
      return;
    case "discover":
      await discovery.discover(command.flowId, await projector.reportsAround(command.flowId), command.isByHand);
      await recorder.settled();
      return;
    case "refresh":
      await recorder.settled();
      await projector.project();
      return;
    case "reload":
      await projector.reload();
      return;
  }
}
