import "@/components/alerts/alerts.css";
import { Alerts } from "@/components/alerts/Alerts.tsx";
import { alertLimit, clearAlerts, markAlertsRead, readAlerts, watchAlerts } from "@/lib/browser/alerts.ts";
import { useProblem } from "../use-problem.ts";
import { useWatched } from "../use-watched.ts";

export default function AlertsScreen() {
  const onProblem = useProblem();
  const alerts = useWatched(readAlerts, watchAlerts);
  return (
    <Alerts
      alerts={alerts}
      limit={alertLimit}
      now={Date.now()}
      onRead={(ids) => void markAlertsRead(ids).catch(onProblem)}
      onClear={(ids) => void clearAlerts(ids).catch(onProblem)}
    />
  );
}
