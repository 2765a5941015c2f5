import { ConfirmButton } from "@/components/parts/ConfirmButton.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

interface ControlsProps {
  readonly isPaused: boolean;
  readonly siteHost: string | undefined;
  readonly commands: PopupCommands;
}

export function Controls({ isPaused, siteHost, commands }: ControlsProps) {
  const host = siteHost && shortenMiddle(siteHost, 28);
  return (
    <footer className="popup-controls">
      {!isPaused && (
        <button type="button" className="button quiet" onClick={commands.pause}>
          <Icon name="pause" />
          {strings.pause}
        </button>
      )}
      {siteHost && host && (
        // A question that was asked of one site is not answered for another.
        <ConfirmButton
          key={siteHost}
          label={strings.ignore(host)}
          question={strings.ignoreQuestion(host)}
          confirm={strings.ignoreConfirm}
          onConfirm={() => commands.ignoreSite(siteHost)}
        />
      )}
      <ConfirmButton
        label={strings.forgetAll}
        question={strings.forgetAllQuestion}
        confirm={strings.forgetAllConfirm}
        onConfirm={commands.forgetAll}
      />
    </footer>
  );
}
