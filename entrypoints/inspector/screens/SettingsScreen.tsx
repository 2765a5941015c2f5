import "@/components/settings/settings.css";
import { useMemo } from "react";
import { browser } from "wxt/browser";
import { Settings } from "@/components/settings/Settings.tsx";
import type { SettingsCommands } from "@/components/settings/settings-commands.ts";
import * as client from "@/lib/browser/client.ts";
import { changeSettings } from "@/lib/browser/settings.ts";
import { readShownSettings, setNotifies, watchShownSettings } from "@/lib/browser/shown-settings.ts";
import { useProblem } from "../use-problem.ts";
import { useWatched } from "../use-watched.ts";

export default function SettingsScreen() {
  const settings = useWatched(readShownSettings, watchShownSettings);
  const onProblem = useProblem();
  const commands = useMemo(() => settingsCommands(onProblem), [onProblem]);
  return <Settings settings={settings} commands={commands} />;
}

function settingsCommands(onProblem: (error: unknown) => void): SettingsCommands {
  const run = (task: Promise<unknown>) => void task.catch(onProblem);
  return {
    setPaused: (isPaused) => run(isPaused ? client.pause() : client.resume()),
    allowEverySite: () => run(client.requestAccess("all")),
    chooseSites: () => run(browser.tabs.create({ url: `${browser.runtime.getURL("/welcome.html" as "/")}#access` })),
    revokeSite: (pattern) => run(browser.permissions.remove({ origins: [pattern] })),
    ignoreSite: (host) => run(client.ignoreSite(host)),
    watchAgain: (host) =>
      run(
        changeSettings((settings) => ({
          ...settings,
          ignoredHosts: settings.ignoredHosts.filter((ignored) => ignored !== host),
        })),
      ),
    setFetchesMetadata: (fetchesMetadata) => run(changeSettings((settings) => ({ ...settings, fetchesMetadata }))),
    setKeepFinishedDays: (keepFinishedDays) => run(changeSettings((settings) => ({ ...settings, keepFinishedDays }))),
    setNotifies: (isOn) => setNotifies(isOn),
    forgetAll: () =>
      client.forgetAll().then(
        () => true,
        (error: unknown) => {
          onProblem(error);
          return false;
        },
      ),
  };
}
