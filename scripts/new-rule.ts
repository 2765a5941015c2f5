/**
 * `npm run new:rule <id>`: writes the stubs of a rule, its page and its table test, and lists the rule. The contract test
 * then names what is left to do; `docs/adding-a-rule.md` says how.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const pathOf = (path: string) => fileURLToPath(new URL(path, root));

export interface Stub {
  readonly path: string;
  readonly text: string;
}

/** The files of a new rule; the id is its permanent kebab-case name. */
export function buildStubs(id: string): readonly Stub[] {
  const name = constantOf(id);
  return [
    {
      path: `lib/diagnosis/rules/${id}.ts`,
      text: `import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";

export const ${name} = defineRule({
  id: "${id}",
  title: "TODO one sentence in the present tense",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "TODO the mechanism, whatever the attempt.",
  fix: [{ by: "client", do: "TODO one step." }],
  references: [rfc(6749, "4.1.2.1")],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    // TODO a cause of lib/servers/server.ts; or look at the facts and return pass(), fail(), cannotTell() or notApplicable().
    return checkJudged("authorization-request-invalid", answers, (answer) => ({
      summary: \`\${answer.who} \${answer.did}.\`,
      evidence: [parameterEvidence(request.value, "TODO")],
    }));
  },
});
`,
    },
    {
      path: `docs/findings/${id}.md`,
      text: `# TODO one sentence in the present tense

\`${id}\` · error

${["What this means", "Why it fails", "What the evidence shows", "How to fix it", "When this is a false alarm"]
  .map((heading) => `## ${heading}\n\nTODO\n`)
  .join("\n")}
## References

- [RFC 6749, section 4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1)
`,
    },
    {
      path: `test/diagnosis/rules/${id}.test.ts`,
      text: `import { ${name} } from "@/lib/diagnosis/rules/${id}.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(${name}, [
  {
    of: "TODO a trace in which it fails",
    trace: trace().authorizationRequest().page({ status: 400, text: "TODO what the server says" }),
    is: "fail",
    certainty: "told",
    says: "TODO part of the summary",
  },
  { of: "TODO a healthy attempt", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
`,
    },
  ];
}

/** Adds the import, in order, and a line at the end of the list of failures. */
export function listRule(index: string, id: string): string {
  const name = constantOf(id);
  const lines = index.split("\n");
  const line = `import { ${name} } from "./${id}.ts";`;
  const fileOf = (other: string) => /^import .* from "\.\/(.*)\.ts";$/.exec(other)?.[1];
  const place = lines.findIndex((other) => (fileOf(other) ?? "") > id);
  const lastImport = lines.findLastIndex((other) => other.startsWith("import "));
  lines.splice(place < 0 ? lastImport + 1 : place, 0, line);
  const start = lines.findIndex((other) => other.startsWith("const failures"));
  const end = lines.findIndex((other, at) => at > start && other === "];");
  if (start < 0 || end < 0) throw new Error("lib/diagnosis/rules/index.ts has no list of failures");
  lines.splice(end, 0, `  ${name},`);
  return lines.join("\n");
}

function constantOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function main(id: string | undefined): number {
  if (id === undefined || !/^[a-z]+(-[a-z0-9]+)*$/.test(id)) {
    console.error("Usage: npm run new:rule <id>, a kebab-case noun phrase for the failing state, such as nonce-reused");
    return 2;
  }
  const stubs = buildStubs(id);
  const taken = stubs.find(({ path }) => existsSync(pathOf(path)));
  if (taken) {
    console.error(`${taken.path} is there already; nothing was written`);
    return 1;
  }
  const index = "lib/diagnosis/rules/index.ts";
  const listed = listRule(readFileSync(pathOf(index), "utf8"), id);
  for (const { path, text } of [...stubs, { path: index, text: listed }]) {
    writeFileSync(pathOf(path), text);
    console.log(path);
  }
  console.log("Next: docs/adding-a-rule.md, and npx vitest run --project core test/diagnosis");
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2]);
