import { useEffect, useState } from "react";
import { readAlerts, watchAlerts } from "@/lib/browser/alerts.ts";

/** How many alerts nobody has looked at; a list that cannot be read is no reason to show nothing else. */
export function useUnreadAlerts(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const update = () =>
      void readAlerts().then(
        (alerts) => setCount(alerts.filter(({ isRead }) => !isRead).length),
        () => undefined,
      );
    update();
    return watchAlerts(update);
  }, []);
  return count;
}
