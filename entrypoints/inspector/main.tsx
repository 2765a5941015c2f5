import { browser } from "wxt/browser";
import { mountPage } from "@/components/parts/mount-page.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/ask/ask.css";
import "@/components/inspector/inspector.css";
import { Screens } from "./Screens.tsx";

const { version } = browser.runtime.getManifest();
mountPage(<Screens version={version} />, { version, copy: (text) => navigator.clipboard.writeText(text) });
