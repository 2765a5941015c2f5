import { createRoot } from "react-dom/client";
import { Copying } from "@/components/parts/copying.ts";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/popup/popup.css";
import "@/components/inspector/inspector.css";
import "@/components/welcome/welcome.css";
import { scenes } from "./scenes.tsx";

const wanted = new URLSearchParams(location.search).get("scene") ?? "";
const scene = scenes.find(({ name }) => name === wanted);
document.documentElement.dataset.surface = scene?.surface ?? "page";
document.title = `Hopscope: ${wanted}`;
const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element");
createRoot(root).render(<Copying value={async () => undefined}>{scene?.element}</Copying>);
