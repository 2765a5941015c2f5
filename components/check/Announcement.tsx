import { Disclosure } from "@/components/parts/Disclosure.tsx";
import type { ClientChoice } from "@/lib/probes/connection.ts";
import { announceConnection } from "@/lib/probes/connection-plan.ts";
import { strings } from "./strings.ts";

interface AnnouncementProps {
  /** Complete. */
  readonly url: string;
  readonly client: ClientChoice["kind"];
}

/** Host, number of requests and what they are, before anything is sent. */
export function Announcement({ url, client }: AnnouncementProps) {
  const { steps, total } = announceConnection(client);
  return (
    <div className="check-sends">
      <p>{strings.sends(total, [new URL(url).host])}</p>
      <Disclosure title={strings.sendsFolded}>
        <ul>
          {steps.map(({ id, most }) => (
            <li key={id}>
              {strings.steps[id]}: {strings.atMost(most)}, {strings.sendsSteps[id]}
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
