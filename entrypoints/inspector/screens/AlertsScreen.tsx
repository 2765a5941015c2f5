import "@/components/alerts/alerts.css";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { alertLimit, clearAlerts, markAlertsRead, readAlerts, watchAlerts } from "@/lib/browser/alerts.ts";
import { useWatched } from "../use-watched.ts";

export default function AlertsScreen() {
  const alerts = useWatched(readAlerts, watchAlerts);
  return (
    <Alerts
      alerts={alerts}
      limit={alertLimit}
      now={Date.now()}
      onRead={(ids) => void markAlertsRead(ids)}
      onClear={(ids) => void clearAlerts(ids)}
    />
  );
}
