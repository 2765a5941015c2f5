import type { ReactNode } from "react";
import { Logo } from "@/components/parts/Logo.tsx";
import { hrefOfScreen, type Screen, screensInBar } from "./screens.ts";
import { strings } from "./strings.ts";

interface ShellProps {
  readonly screen: Screen;
  readonly unreadAlerts?: number | undefined;
  readonly children: ReactNode;
}

/** The bar at the top, the same on every screen, and the screen below it. */
export function Shell({ screen, unreadAlerts = 0, children }: ShellProps) {
  const shown = screen === "compare" ? "attempts" : screen;
  return (
    <div className="inspector">
      <header className="inspector-head">
        <h1 className="brand">
          <Logo />
          {strings.name}
        </h1>
        <nav aria-label={strings.navigation}>
          <ul>
            {screensInBar.map((id) => (
              <li key={id}>
                <a href={hrefOfScreen(id)} {...(id === shown && { "aria-current": "page" as const })}>
                  {strings.screens[id]}
                  {id === "alerts" && unreadAlerts > 0 && (
                    <span className="unread-count">
                      {unreadAlerts.toLocaleString("en")}
                      <span className="visually-hidden"> {strings.unread}</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {children}
    </div>
  );
}
