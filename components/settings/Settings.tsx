import { useState } from "react";
import { ConfirmButton } from "@/components/parts/ConfirmButton.tsx";
import type { Access } from "@/lib/report/summary.ts";
import { IgnoredSites } from "./IgnoredSites.tsx";
import { Retention } from "./Retention.tsx";
import { Sites } from "./Sites.tsx";
import { Switch } from "./Switch.tsx";
import type { SettingsCommands } from "./settings-commands.ts";
import { strings } from "./strings.ts";

export interface ShownSettings {
  readonly isPaused: boolean;
  readonly ignoredHosts: readonly string[];
  readonly fetchesMetadata: boolean;
  readonly keepFinishedDays: number;
  readonly notifies: boolean;
  readonly access: Access;
  /** Match patterns, as the browser lists them. */
  readonly sites: readonly string[];
  /** Recorded events kept at most. */
  readonly eventLimit: number;
}

interface SettingsProps {
  /** Undefined until read. */
  readonly settings: ShownSettings | undefined;
  readonly commands: SettingsCommands;
}

export function Settings({ settings, commands }: SettingsProps) {
  return (
    <main className="screen settings">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        <p>{strings.lead}</p>
      </div>
      {settings ? (
        <Content settings={settings} commands={commands} />
      ) : (
        <p className="loading" role="status">
          {strings.loading}
        </p>
      )}
    </main>
  );
}

function Content({ settings, commands }: { readonly settings: ShownSettings; readonly commands: SettingsCommands }) {
  const [isRefused, setRefused] = useState(false);
  const [isForgotten, setForgotten] = useState(false);
  const { recording, metadata, notifications, everything } = strings;
  return (
    <>
      <section aria-labelledby="settings-recording">
        <h3 id="settings-recording">{recording.title}</h3>
        <Switch
          label={recording.paused}
          meaning={recording.pausedMeaning}
          isOn={settings.isPaused}
          onChange={commands.setPaused}
        />
      </section>
      <Sites access={settings.access} sites={settings.sites} commands={commands} />
      <IgnoredSites hosts={settings.ignoredHosts} commands={commands} />
      <section aria-labelledby="settings-metadata">
        <h3 id="settings-metadata">{metadata.title}</h3>
        <Switch
          label={metadata.label}
          meaning={metadata.meaning}
          isOn={settings.fetchesMetadata}
          onChange={commands.setFetchesMetadata}
        />
      </section>
      <Retention
        days={settings.keepFinishedDays}
        eventLimit={settings.eventLimit}
        onChange={commands.setKeepFinishedDays}
      />
      <section aria-labelledby="settings-notifications">
        <h3 id="settings-notifications">{notifications.title}</h3>
        <Switch
          label={notifications.label}
          meaning={notifications.meaning}
          isOn={settings.notifies}
          onChange={(isOn) => void commands.setNotifies(isOn).then((isSet) => setRefused(!isSet))}
        />
        <p role="status">{isRefused && notifications.refused}</p>
      </section>
      <section aria-labelledby="settings-everything">
        <h3 id="settings-everything">{everything.title}</h3>
        <p className="faint">{everything.meaning}</p>
        <ConfirmButton
          label={everything.label}
          question={everything.question}
          confirm={everything.confirm}
          isAlone
          onConfirm={() => {
            setForgotten(false);
            void commands.forgetAll().then(setForgotten);
          }}
        />
        <p role="status">{isForgotten && everything.done}</p>
      </section>
    </>
  );
}
