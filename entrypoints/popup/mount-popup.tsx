import { browser } from "wxt/browser";
import { mountPage } from "@/components/parts/mount-page.tsx";
import type { AskedNewest } from "@/lib/browser/newest.ts";
import { PopupPage } from "./PopupPage.tsx";

export function mountPopup(newest: AskedNewest): void {
  const { version } = browser.runtime.getManifest();
  mountPage(<PopupPage newest={newest} />, { version, copy: (text) => navigator.clipboard.writeText(text) });
}
