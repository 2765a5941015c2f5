import { useMemo } from "react";
import { CheckServer } from "@/components/check/CheckServer.tsx";
import { fieldsIn } from "@/components/check/check-address.ts";
import type { CheckCommands } from "@/components/check/check-commands.ts";
import { hrefOf } from "@/components/inspector/route.ts";
import { checkCompatibility, checkServer } from "@/lib/browser/check-server.ts";
import { requestAccess } from "@/lib/browser/permissions.ts";
import { extensionRedirectUri, unopenableRedirectUri } from "@/lib/browser/receive-response.ts";
import { clients } from "@/lib/clients/index.ts";
import "@/components/check/check.css";

export default function CheckScreen() {
  const commands = useMemo(checkCommands, []);
  return (
    <CheckServer
      commands={commands}
      filledIn={fieldsIn(location.hash)}
      hrefOfAttempt={(flowId) => hrefOf({ flowId, view: "cause" })}
    />
  );
}

function checkCommands(): CheckCommands {
  // Whatever the browser asks then is in its own words.
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  return {
    redirectUris: { loopback: unopenableRedirectUri, extension: extensionRedirectUri() },
    reach: requestAccess,
    check: checkServer,
    compare: ({ url, clients: ids, isOwnServer }, listeners) =>
      checkCompatibility({ url, clients: clients.filter(({ id }) => ids.includes(id)), isOwnServer }, listeners),
    holdPage: (isHeld) => {
      if (isHeld) addEventListener("beforeunload", ask);
      else removeEventListener("beforeunload", ask);
    },
  };
}
