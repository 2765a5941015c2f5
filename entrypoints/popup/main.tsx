import { browser } from "wxt/browser";
import { mountPage } from "@/components/parts/mount-page.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/popup/popup.css";
import { PopupPage } from "./PopupPage.tsx";

const { version } = browser.runtime.getManifest();
mountPage(<PopupPage />, { version, copy: (text) => navigator.clipboard.writeText(text) });
