import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { findClient } from "@/lib/clients/index.ts";
import type { CompatibilityRow } from "@/lib/probes/compatibility.ts";
import { strings } from "./strings.ts";

const words = strings.compatibility;

const icons: Readonly<Record<CompatibilityRow["verdict"], IconName>> = {
  accepted: "check",
  refused: "cross",
  cannotTell: "dash",
};

export function CompatibilityTable({ rows }: { readonly rows: readonly CompatibilityRow[] }) {
  const { columns } = words;
  return (
    <table className="compatibility-table">
      <caption className="visually-hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.client}</th>
          <th scope="col">{columns.verdict}</th>
          <th scope="col">{columns.way}</th>
          <th scope="col">{columns.redirectUri}</th>
          <th scope="col">{columns.says}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ client, redirectUri, way, verdict, says }) => (
          <tr key={client} data-verdict={verdict}>
            <th scope="row">{findClient(client)?.name ?? client}</th>
            <td className="compatibility-verdict">
              <Icon name={icons[verdict]} /> {words.verdicts[verdict]}
            </td>
            <td>{words.ways[way]}</td>
            <td className="server-value">
              <LongValue text={redirectUri} />
            </td>
            <td>
              <LongValue text={says} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
