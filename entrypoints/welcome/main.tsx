import { createRoot } from "react-dom/client";
import { browser } from "wxt/browser";
import { Copying } from "@/components/parts/copying.ts";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import "@/components/design/base.css";
import "@/components/attempt/attempt.css";
import "@/components/welcome/welcome.css";
import { WelcomePage } from "./WelcomePage.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element");
createRoot(root).render(
  <FailureBoundary extent="page" version={browser.runtime.getManifest().version}>
    <Copying value={(text) => navigator.clipboard.writeText(text)}>
      <WelcomePage />
    </Copying>
  </FailureBoundary>,
);
