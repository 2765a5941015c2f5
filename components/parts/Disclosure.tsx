import * as Collapsible from "@radix-ui/react-collapsible";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

interface DisclosureProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
}

/** A section that starts folded; its heading is the button. */
export function Disclosure({ title, children, isOpenAtFirst = false }: DisclosureProps) {
  return (
    <Collapsible.Root className="disclosure" defaultOpen={isOpenAtFirst}>
      <Collapsible.Trigger className="disclosure-trigger">
        <Icon name="chevron" />
        <span>{title}</span>
      </Collapsible.Trigger>
      <Collapsible.Content className="disclosure-content">{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
