import { browser } from "wxt/browser";
import { mountPage } from "@/components/parts/mount-page.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/ask/ask.css";
import "@/components/inspector/inspector.css";
import { InspectorPage } from "./InspectorPage.tsx";

const { version } = browser.runtime.getManifest();
mountPage(<InspectorPage version={version} />, { version, copy: (text) => navigator.clipboard.writeText(text) });
