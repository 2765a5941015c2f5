import type { AlertKind } from "@/lib/report/alerts.ts";

export const strings = {
  title: "Alerts",
  lead: "Every attempt that failed in this browser, newest first. A line stays until you clear it or forget its attempt.",
  list: "Alerts, newest first",
  kinds: {
    oauth_callback_failed: "Ended at the client’s callback",
    oauth_authorization_failed: "Ended at the authorization server",
  } satisfies Record<AlertKind, string>,
  unexplained: "The attempt failed, and nothing that was seen says why",
  error: "Server’s error code",
  /** Where no error code was sent: a status, or what the browser says of the connection. */
  answer: {
    oauth_callback_failed: "Redirection endpoint",
    oauth_authorization_failed: "Server’s answer",
  } satisfies Record<AlertKind, string>,
  description: "Description",
  redirectUri: "Redirect URI (callback)",
  open: "Open the attempt",
  for: "for",
  read: "Mark as read",
  readAll: "Mark all as read",
  clear: "Clear this alert",
  clearAll: "Clear all",
  clearQuestion: (count: number) =>
    count === 1
      ? "Clear this alert? Its attempt is kept."
      : `Clear all ${count.toLocaleString("en")} alerts? Their attempts are kept.`,
  clearConfirm: "Clear",
  empty: { title: "No alert", text: "Nothing has failed since you last cleared this list." },
  loading: "Reading the alerts",
  cap: (limit: number) => `At most the ${limit.toLocaleString("en")} newest are listed.`,
  notifications: "A system notification for each new one can be switched on in",
  settings: "settings",
} as const;
