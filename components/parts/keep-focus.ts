/** An element, and its place among the children of its parent. */
interface Step {
  readonly element: Element;
  readonly index: number;
}

const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/**
 * Who presses a button that is gone afterwards (a cleared alert, a link to another view) would start again at the top of the
 * page, and hear nothing. The focus goes to what took its place instead: the next control there, else the nearest one around.
 */
export function keepFocus(): void {
  let way: readonly Step[] = [];
  const restore = () => {
    const [last] = way;
    if (last !== undefined && isLost() && !isThere(last.element)) successor(way)?.focus({ preventScroll: true });
  };
  document.addEventListener("focusin", ({ target }) => {
    way = target instanceof Element ? wayTo(target) : [];
  });
  document.addEventListener("focusout", ({ target }) => {
    setTimeout(() => {
      // Somebody clicked beside it: then it was not taken away, and nothing is to be done when that happens later.
      if (way[0]?.element === target && isLost() && isThere(target as Element)) way = [];
      restore();
    });
  });
  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

const isThere = (element: Element): boolean => element.isConnected && element.checkVisibility();

/** From the element outwards. */
function wayTo(target: Element): readonly Step[] {
  const steps: Step[] = [];
  for (let element: Element | null = target; element !== null; element = element.parentElement)
    steps.push({ element, index: [...(element.parentElement?.children ?? [])].indexOf(element) });
  return steps;
}

function successor(way: readonly Step[]): HTMLElement | undefined {
  for (const [number, { element }] of way.entries()) {
    if (!isThere(element)) continue;
    const place = way[number - 1]?.index ?? 0;
    for (const near of [element.children[place], element.children[place - 1], element]) {
      const control = near && controlIn(near);
      if (control) return control;
    }
  }
  return undefined;
}

function controlIn(element: Element): HTMLElement | undefined {
  const all = [element, ...element.querySelectorAll(controls)];
  return all.find(
    (each): each is HTMLElement =>
      each instanceof HTMLElement &&
      each.matches(controls) &&
      each.tabIndex >= 0 &&
      !each.matches(":disabled") &&
      each.checkVisibility(),
  );
}
