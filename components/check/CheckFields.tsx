import { useId } from "react";
import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import type { CheckCommands } from "./check-commands.ts";
import { type CheckForm, clientKinds, documentContents, redirectKinds, redirectUriOf } from "./check-form.ts";
import { Choice, TextField } from "./Fields.tsx";
import { strings } from "./strings.ts";

interface CheckFieldsProps {
  readonly form: CheckForm;
  readonly redirectUris: CheckCommands["redirectUris"];
  readonly onChange: (change: Partial<CheckForm>) => void;
}

export function CheckFields({ form, redirectUris, onChange }: CheckFieldsProps) {
  const [clientName, redirectName] = [useId(), useId()];
  return (
    <>
      <TextField
        label={strings.server.label}
        hint={strings.server.hint}
        type="url"
        placeholder="https://mcp.example.com/mcp"
        value={form.url}
        onChange={(url) => onChange({ url })}
      />
      <div className="check-columns">
        <fieldset>
          <legend>{strings.client.legend}</legend>
          {clientKinds.map((kind) => (
            <Choice
              key={kind}
              name={clientName}
              {...strings.client[kind]}
              isChosen={form.client === kind}
              onChoose={() => onChange({ client: kind })}
            >
              <ClientFields form={form} redirectUris={redirectUris} onChange={onChange} />
            </Choice>
          ))}
        </fieldset>
        <fieldset>
          <legend>{strings.redirect.legend}</legend>
          {redirectKinds.map((kind) => (
            <Choice
              key={kind}
              name={redirectName}
              {...strings.redirect[kind]}
              isChosen={form.redirect === kind}
              onChoose={() => onChange({ redirect: kind })}
            >
              {kind === "own" ? (
                <TextField
                  label={strings.redirect.ownLabel}
                  value={form.redirectUri}
                  onChange={(redirectUri) => onChange({ redirectUri })}
                />
              ) : (
                <p className="check-value">
                  <LongValue text={redirectUris[kind]} />
                </p>
              )}
            </Choice>
          ))}
          <TextField
            label={strings.scope.label}
            hint={strings.scope.hint}
            value={form.scope}
            onChange={(scope) => onChange({ scope })}
          />
        </fieldset>
      </div>
    </>
  );
}

function ClientFields({ form, redirectUris, onChange }: CheckFieldsProps) {
  const { client } = strings;
  switch (form.client) {
    case "register":
      return null;
    case "preregistered":
      return (
        <>
          <TextField label={client.clientId} value={form.clientId} onChange={(clientId) => onChange({ clientId })} />
          <TextField
            label={client.clientSecret}
            hint={client.secretHint}
            type="password"
            value={form.clientSecret}
            onChange={(clientSecret) => onChange({ clientSecret })}
          />
        </>
      );
    case "document":
      return (
        <>
          <TextField
            label={client.documentUrl}
            type="url"
            value={form.documentUrl}
            onChange={(documentUrl) => onChange({ documentUrl })}
          />
          <p>{client.documentContents}</p>
          <CodeBlock
            language="json"
            text={documentContents(form.documentUrl.trim(), redirectUriOf(form, redirectUris))}
          />
        </>
      );
    case "token":
      return (
        <TextField
          label={client.accessToken}
          hint={client.secretHint}
          type="password"
          value={form.token}
          onChange={(token) => onChange({ token })}
        />
      );
  }
}
