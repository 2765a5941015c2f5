import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Answer } from "@/components/ask/Answer.tsx";
import { CheckServer } from "@/components/check/CheckServer.tsx";
import { CompatibilityTable } from "@/components/check/CompatibilityTable.tsx";
import { fieldsIn, hrefOfCheck } from "@/components/check/check-address.ts";
import { PromptCard } from "@/components/check/PromptCard.tsx";
import { ChooseAttempt } from "@/components/compare/ChooseAttempt.tsx";
import { Inspector } from "@/components/inspector/Inspector.tsx";
import { serializePicture } from "@/components/inspector/serialize-picture.ts";
import type { Draw } from "@/lib/probes/answers.ts";
import type { ProbeReadings } from "@/lib/probes/read.ts";
import { summarise } from "@/lib/report/summary.ts";
import { hostileTexts } from "../hostile-texts.ts";
import { askable } from "./ask-scenes.ts";
import { checkCommands } from "./check-scenes.tsx";
import { dangerous, expectHarmless, groupRows } from "./harmless.ts";
import { inspectorProps } from "./inspector-scenes.ts";
import { render } from "./render.tsx";
import { at, report } from "./reports.ts";

const nothing = () => undefined;

/** What a server says when it is asked, in every place where an answer shows it. */
function answersWith(texts: readonly string[]): ProbeReadings {
  const draws = texts.map((says): Draw => ({ exchangeId: "p", at, status: 400, signature: says, says, causes: [] }));
  const registration = { exchangeId: "p", at, status: 400, says: texts.join("\n"), isAccepted: false };
  return {
    knownClient: {
      oracles: [{ oracle: "redirect", suspect: draws, control: draws, verdict: "sameAsControl" }],
      verdict: "unknown",
      isRefusalAboutClient: true,
    },
    endpoints: texts.map((text, index) => ({
      name: `${index} ${text}`,
      url: `https://auth.example.com/${text}`,
      error: text,
      exchangeId: "p",
      isReachable: false,
    })),
    redirectUris: texts.map((text, index) => ({
      redirectUri: `https://app.example/${index}${text}`,
      verdict: "refused" as const,
      says: text,
      exchangeId: "p",
    })),
    loopback: { registration, port: "exact", isNameInterchangeable: false, says: texts.join(" "), exchangeId: "p" },
    canary: { registration, known: 0, unknown: 0 },
  };
}

test.each(groupRows)("in what a server answers when it is asked (group $index)", ({ texts }) => {
  const asked = askable(answersWith(texts));
  const { container } = render(
    <div>
      {(["known-client", "endpoints", "redirect-uris", "loopback-port", "canary"] as const).map((id) => (
        <Answer key={id} id={id} report={asked} />
      ))}
    </div>,
  );
  for (const fold of screen.getAllByRole("button", { expanded: false })) fireEvent.click(fold);

  expect(container.querySelectorAll("[data-answer]")).toHaveLength(5);
  expectHarmless(container);
});

test.each(groupRows)(
  "in the table of clients, the question about a host, and the choice (group $index)",
  ({ texts }) => {
    const attempts = texts.map((text, index) =>
      summarise(
        report({ id: String(index), diagnosis: { client: { id: "x", name: text }, server: { id: "x", name: text } } }),
      ),
    );
    const { container } = render(
      <>
        {texts.map((text) => (
          <CompatibilityTable
            key={text}
            rows={[{ client: "cursor", redirectUri: text, way: "registration", verdict: "refused", says: text }]}
          />
        ))}
        {texts.map((host) => (
          <PromptCard key={host} reach={checkCommands.reach} prompt={{ kind: "reach", host, answer: nothing }} />
        ))}
        <ChooseAttempt attempts={attempts} flowId="other" now={at} />
      </>,
    );

    expectHarmless(container);
  },
);

test.each(hostileTexts)("%j in an address fills in nothing that hides", (text) => {
  const filledIn = fieldsIn(
    hrefOfCheck({ url: `https://a.example/${text}`, clientId: text, redirectUri: text, scope: text }),
  );
  for (const value of Object.values(filledIn)) expect(value).not.toMatch(dangerous);
  const { container } = render(
    <CheckServer commands={checkCommands} hrefOfAttempt={nothing as never} filledIn={filledIn} />,
  );
  expectHarmless(container);
});

test.each(groupRows)("in the picture of the sequence that is copied (group $index)", ({ texts }) => {
  for (const text of texts) {
    const shown = report({ diagnosis: { client: { id: "x", name: text } } });
    const { unmount } = render(<Inspector {...inspectorProps([shown], { flowId: "x1", view: "sequence" }, shown)} />);
    const copied = serializePicture(screen.getByRole<HTMLElement & SVGSVGElement>("img"));
    const picture = new DOMParser().parseFromString(copied, "image/svg+xml");
    expect(picture.querySelectorAll("parsererror, script, image, foreignObject, a, img, style, iframe")).toHaveLength(
      0,
    );
    expect(copied).not.toMatch(dangerous);
    unmount();
  }
});
