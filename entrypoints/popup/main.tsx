import { askNewest } from "@/lib/browser/newest.ts";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/popup/popup.css";

// Asked before the rest of the page is loaded: the answer comes while the browser reads it.
const newest = askNewest();
const { mountPopup } = await import("./mount-popup.tsx");
mountPopup(newest);
