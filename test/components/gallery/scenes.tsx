import type { ReactElement } from "react";
import { Inspector } from "@/components/inspector/Inspector.tsx";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import { Popup } from "@/components/popup/Popup.tsx";
import { Welcome } from "@/components/welcome/Welcome.tsx";
import { askScenes } from "../ask-scenes.ts";
import { checkScenes } from "../check-scenes.tsx";
import { findingPageScenes } from "../finding-page-scenes.tsx";
import { inspectorScenes } from "../inspector-scenes.ts";
import { popupScenes } from "../popup-scenes.ts";
import { unknownClientReport } from "../reports.ts";
import { screenScenes } from "./screens.tsx";

export interface Scene {
  readonly name: string;
  readonly surface: "popup" | "page";
  readonly element: ReactElement;
}

function Broken(): never {
  throw new TypeError('Cannot read properties of undefined (reading "flow") at https://auth.example.com/cb?code=abc');
}

/** Every state of every screen, by name; the screenshot script and the accessibility check walk this list. */
export const scenes: readonly Scene[] = [
  ...popupScenes.map(
    ({ name, props }): Scene => ({
      name: `popup-${name}`,
      surface: "popup",
      element: <Popup {...props} />,
    }),
  ),
  {
    name: "popup-failed-itself",
    surface: "popup",
    element: (
      <FailureBoundary extent="page" version="0.1.0">
        <Broken />
      </FailureBoundary>
    ),
  },
  ...[...inspectorScenes, ...askScenes].map(
    ({ name, props }): Scene => ({
      name: `inspector-${name}`,
      surface: "page",
      element: <Inspector {...props} />,
    }),
  ),
  ...checkScenes.map(({ name, element }): Scene => ({ name: `inspector-${name}`, surface: "page", element })),
  ...findingPageScenes.map(({ name, element }): Scene => ({ name: `page-${name}`, surface: "page", element })),
  ...screenScenes,
  ...(["none", "all", "withheld"] as const).map(
    (access): Scene => ({
      name: `welcome-${access}`,
      surface: "page",
      element: <Welcome access={access} sample={unknownClientReport} onChoose={() => undefined} />,
    }),
  ),
];
