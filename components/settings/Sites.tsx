import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Access } from "@/lib/report/summary.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import type { SettingsCommands } from "./settings-commands.ts";
import { strings } from "./strings.ts";

interface SitesProps {
  readonly access: Access;
  readonly sites: readonly string[];
  readonly commands: SettingsCommands;
}

export function Sites({ access, sites, commands }: SitesProps) {
  const { title, meaning, states, sites: list, revoke, revokeNamed, allowAll, allowSome } = strings.access;
  return (
    <section aria-labelledby="settings-access">
      <h3 id="settings-access">{title}</h3>
      <p className="settings-state" role="status" data-access={access}>
        <Icon name={access === "all" || access === "some" ? "check" : "warning"} />
        {states[access]}
      </p>
      {access === "some" && <p className="faint">{meaning}</p>}
      {sites.length > 0 && (
        <ul className="settings-list" aria-label={list}>
          {sites.map((pattern) => {
            const name = nameOf(pattern);
            return (
              <li key={pattern}>
                <span className="server-value">
                  <ServerText text={name} />
                </span>
                <button
                  type="button"
                  className="button quiet"
                  aria-label={revokeNamed(toVisibleText(name))}
                  onClick={() => commands.revokeSite(pattern)}
                >
                  {revoke}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="actions">
        {access !== "all" && (
          <button type="button" className="button" onClick={commands.allowEverySite}>
            {allowAll}
          </button>
        )}
        <button type="button" className="button" onClick={commands.chooseSites}>
          {allowSome}
        </button>
      </div>
    </section>
  );
}

/** `*://auth.example/*` is a host to its reader. */
function nameOf(pattern: string): string {
  if (pattern === "<all_urls>" || pattern === "*://*/*") return strings.access.everySite;
  return pattern.replace(/^\*:\/\//, "").replace(/\/\*$/, "");
}
