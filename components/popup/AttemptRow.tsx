import * as Collapsible from "@radix-ui/react-collapsible";
import { useState } from "react";
import { Icon } from "@/components/parts/Icon.tsx";
import { Moment } from "@/components/parts/Moment.tsx";
import { NewMark } from "@/components/parts/NewMark.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { AttemptDetails } from "./AttemptDetails.tsx";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

interface AttemptRowProps {
  readonly attempt: AttemptSummary;
  readonly now: number;
  readonly commands: PopupCommands;
  readonly isOpenAtFirst: boolean;
}

/** Both ends of a host matter: whoever owns it stands at the end. */
const hostLimit = 44;

export function AttemptRow({ attempt, now, commands, isOpenAtFirst }: AttemptRowProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { state, server, client, headline, at, unread } = attempt;
  return (
    <li className="attempt" data-flow={attempt.flowId} data-state={state}>
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <Collapsible.Trigger className="attempt-trigger">
          <Icon name="chevron" />
          <span className="attempt-state">
            <StateMark state={state} />
            {unread && <NewMark />}
          </span>
          <span className="attempt-parties">
            <span className="attempt-server">
              <ServerText text={shortenMiddle(server, hostLimit)} />
            </span>
            {client && (
              <span className="attempt-client">
                {" "}
                {strings.and} <ServerText text={client} />
              </span>
            )}
          </span>
          <Moment at={at} now={now} />
          {headline && !isOpen && <span className="attempt-headline">{headline.title}</span>}
        </Collapsible.Trigger>
        <Collapsible.Content>
          <AttemptDetails attempt={attempt} commands={commands} />
        </Collapsible.Content>
      </Collapsible.Root>
    </li>
  );
}
