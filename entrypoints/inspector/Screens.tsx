import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { Shell } from "@/components/inspector/Shell.tsx";
import { type Screen, screenOf } from "@/components/inspector/screens.ts";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import { InspectorPage } from "./InspectorPage.tsx";
import { useArrival } from "./use-arrival.ts";
import { useUnreadAlerts } from "./use-unread-alerts.ts";

// Each screen with what it needs is loaded when somebody goes there; the attempts are what most came for.
const screens: Readonly<Record<Exclude<Screen, "attempts">, ComponentType>> = {
  alerts: lazy(() => import("./screens/AlertsScreen.tsx")),
  servers: lazy(() => import("./screens/ServersScreen.tsx")),
  check: lazy(() => import("./screens/CheckScreen.tsx")),
  import: lazy(() => import("./screens/ImportScreen.tsx")),
  compare: lazy(() => import("./screens/CompareScreen.tsx")),
  settings: lazy(() => import("./screens/SettingsScreen.tsx")),
};

/** The screen that the address names. */
export function Screens({ version }: { readonly version: string }) {
  const [screen, setScreen] = useState(() => screenOf(location.hash));
  const unreadAlerts = useUnreadAlerts();
  useArrival(screen);
  useEffect(() => {
    const update = () => setScreen(screenOf(location.hash));
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);

  if (screen === "attempts") return <InspectorPage version={version} unreadAlerts={unreadAlerts} />;
  const Shown = screens[screen];
  return (
    <Shell screen={screen} unreadAlerts={unreadAlerts}>
      <FailureBoundary extent="part" key={screen} version={version}>
        <Suspense fallback={<main className="screen" />}>
          <Shown />
        </Suspense>
      </FailureBoundary>
    </Shell>
  );
}
