import { createRoot } from "react-dom/client";
import { Copying } from "@/components/parts/copying.ts";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/ask/ask.css";
import "@/components/check/check.css";
import { scenes } from "./scenes.tsx";

const styles: Readonly<Record<string, () => Promise<unknown>>> = {
  popup: () => import("@/components/popup/popup.css"),
  inspector: () => import("@/components/inspector/inspector.css"),
  screen: async () => {
    await import("@/components/inspector/inspector.css");
    await Promise.all([
      import("@/components/importing/importing.css"),
      import("@/components/alerts/alerts.css"),
      import("@/components/servers/servers.css"),
      import("@/components/compare/compare.css"),
      import("@/components/settings/settings.css"),
    ]);
  },
  page: async () => {
    await import("@/components/inspector/inspector.css");
    await import("@/components/finding-page/finding-page.css");
  },
  dialog: () => import("@/components/exporting/exporting.css"),
  welcome: () => import("@/components/welcome/welcome.css"),
};
const wanted = new URLSearchParams(location.search).get("scene") ?? "";
const scene = scenes.find(({ name }) => name === wanted);
// A screen gets the styles that its own page loads and no others.
await styles[wanted.split("-")[0] ?? ""]?.();
document.documentElement.dataset.surface = scene?.surface ?? "page";
document.title = `Hopscope: ${wanted}`;
const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element");
createRoot(root).render(<Copying value={async () => undefined}>{scene?.element}</Copying>);
