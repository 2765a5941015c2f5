import { createRoot } from "react-dom/client";
import { browser } from "wxt/browser";
import { Copying } from "@/components/parts/copying.ts";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/inspector/inspector.css";
import { InspectorPage } from "./InspectorPage.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element");
const { version } = browser.runtime.getManifest();
createRoot(root).render(
  <FailureBoundary extent="page" version={version}>
    <Copying value={(text) => navigator.clipboard.writeText(text)}>
      <InspectorPage version={version} />
    </Copying>
  </FailureBoundary>,
);
