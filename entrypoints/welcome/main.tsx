import { browser } from "wxt/browser";
import { mountPage } from "@/components/parts/mount-page.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/welcome/welcome.css";
import { WelcomePage } from "./WelcomePage.tsx";

const { version } = browser.runtime.getManifest();
mountPage(<WelcomePage />, { version, copy: (text) => navigator.clipboard.writeText(text) });
