import { Logo } from "@/components/parts/Logo.tsx";
import type { Access } from "@/lib/report/summary.ts";
import { strings } from "./strings.ts";

export function EmptyState({ access }: { readonly access: Access }) {
  return (
    <section className="empty">
      <Logo />
      <h2>{strings.empty.title}</h2>
      <ol>
        {strings.empty.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {access !== "all" && <p className="faint">{strings.empty.none}</p>}
    </section>
  );
}
