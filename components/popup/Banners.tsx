import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import type { PopupIndex } from "@/lib/report/summary.ts";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

interface BannersProps {
  readonly index: PopupIndex;
  readonly commands: PopupCommands;
}

/** What limits what can be seen right now; never silently empty. */
export function Banners({ index, commands }: BannersProps) {
  const { access, isPaused, gaps } = index;
  return (
    <>
      {isPaused && (
        <Banner kind="paused" icon="pause" title={strings.paused.title} text={strings.paused.text}>
          <button type="button" className="button" onClick={commands.resume}>
            {strings.paused.resume}
          </button>
        </Banner>
      )}
      {(access === "none" || access === "withheld") && (
        <Banner kind="access" icon="info" title={strings.access[access].title} text={strings.access[access].text}>
          <button type="button" className="button primary" onClick={commands.allowEverySite}>
            {strings.access.all}
          </button>
          <button type="button" className="button" onClick={commands.chooseSites}>
            {strings.access.choose}
          </button>
        </Banner>
      )}
      {access === "some" && <Banner kind="some" icon="info" text={strings.access.some} />}
      {gaps > 0 && <Banner kind="gap" icon="info" title={strings.gaps(gaps)} text={strings.gapsMeaning} />}
    </>
  );
}

interface BannerProps {
  readonly kind: string;
  readonly icon: IconName;
  readonly title?: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Banner({ kind, icon, title, text, children }: BannerProps) {
  return (
    <div className="banner" data-banner={kind}>
      <Icon name={icon} />
      <div>
        {title && <strong>{title}</strong>}
        <p>{text}</p>
        {children && <div className="banner-actions">{children}</div>}
      </div>
    </div>
  );
}
