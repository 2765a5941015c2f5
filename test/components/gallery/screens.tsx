import type { ReactNode } from "react";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { ChooseAttempt } from "@/components/compare/ChooseAttempt.tsx";
import { Compare } from "@/components/compare/Compare.tsx";
import { ExportDialog } from "@/components/exporting/ExportDialog.tsx";
import { Importing } from "@/components/importing/Importing.tsx";
import { Shell } from "@/components/inspector/Shell.tsx";
import type { Screen } from "@/components/inspector/screens.ts";
import { Servers } from "@/components/servers/Servers.tsx";
import { Settings } from "@/components/settings/Settings.tsx";
import {
  alertScenes,
  chooseScenes,
  compareScenes,
  exportScenes,
  importingScenes,
  serverScenes,
  settingsScenes,
} from "../screen-scenes.ts";
import type { Scene } from "./scenes.tsx";

const on = (screen: Screen, name: string, content: ReactNode, unreadAlerts = 2): Scene => ({
  name: `screen-${screen}-${name}`,
  surface: "page",
  element: (
    <Shell screen={screen} unreadAlerts={unreadAlerts}>
      {content}
    </Shell>
  ),
});

/** The screens beside the attempts, each in its bar, and the dialog that the popup opens too. */
export const screenScenes: readonly Scene[] = [
  ...importingScenes.map(({ name, props }) => on("import", name, <Importing {...props} />)),
  ...alertScenes.map(({ name, props }) =>
    on("alerts", name, <Alerts {...props} />, props.alerts?.length === 0 ? 0 : 2),
  ),
  ...serverScenes.map(({ name, props }) => on("servers", name, <Servers {...props} />)),
  ...compareScenes.map(({ name, props }) => on("compare", name, <Compare {...props} />)),
  ...chooseScenes.map(({ name, props }) => on("compare", name, <ChooseAttempt {...props} />)),
  ...settingsScenes.map(({ name, props }) => on("settings", name, <Settings {...props} />)),
  ...exportScenes.map(
    ({ name, props }): Scene => ({ name: `dialog-${name}`, surface: "popup", element: <ExportDialog {...props} /> }),
  ),
];
