import { useEffect, useRef } from "react";
import type { Screen } from "@/components/inspector/screens.ts";
import { strings } from "@/components/inspector/strings.ts";

/**
 * Whoever goes to another screen begins at its heading, and hears it; the page's title says where one is. The screen that is
 * opened first begins where the browser begins.
 */
export function useArrival(screen: Screen): void {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${strings.name}: ${strings.titles[screen]}`;
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (focusHeading()) return;
    // Screens are loaded when somebody goes there.
    const observer = new MutationObserver(() => focusHeading() && observer.disconnect());
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [screen]);
}

function focusHeading(): boolean {
  const heading = [...document.querySelectorAll<HTMLElement>("main h2")].find((each) => each.checkVisibility());
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
