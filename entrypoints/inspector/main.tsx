import { browser } from "wxt/browser";
import { CopyingPicture, type CopyPicture } from "@/components/parts/copying.ts";
import { mountPage } from "@/components/parts/mount-page.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/ask/ask.css";
import "@/components/inspector/inspector.css";
import { Screens } from "./Screens.tsx";

const { version } = browser.runtime.getManifest();
const copyPicture: CopyPicture = (picture) => navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
mountPage(
  <CopyingPicture value={copyPicture}>
    <Screens version={version} />
  </CopyingPicture>,
  { version, copy: (text) => navigator.clipboard.writeText(text) },
);
