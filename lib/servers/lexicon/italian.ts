import type { Language } from "./language.ts";

export const italian: Language = {
  concepts: {
    client: ["applicazione", "l'applicazione"],
    redirect: [
      "uri di reindirizzamento",
      "url di reindirizzamento",
      "l'uri di reindirizzamento",
      "l'url di reindirizzamento",
    ],
    scope: ["ambito", "l'ambito"],
    transaction: ["sessione"],
    request: ["richiesta"],
  },
  predicates: {
    unknown: [
      "sconosciuto",
      "sconosciuta",
      "non trovato",
      "non trovata",
      "non riconosciuto",
      "non riconosciuta",
      "non esiste",
    ],
    unregistered: ["non registrato", "non registrata", "non è registrato", "non è registrata"],
    mismatch: ["non corrisponde"],
    invalid: ["non valido", "non valida", "non è valido", "non è valida"],
    expired: ["scaduto", "scaduta"],
    forbidden: ["non consentito", "non consentita", "non autorizzato", "non autorizzata"],
  },
  prepositions: ["per", "di"],
  guards: ["credenziali", "nome utente", "codice di verifica", "vuole accedere"],
};
