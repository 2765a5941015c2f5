import type { Language } from "./language.ts";

export const french: Language = {
  concepts: {
    client: ["l'application", "cette application"],
    redirect: [
      "uri de redirection",
      "url de redirection",
      "l'uri de redirection",
      "l'url de redirection",
      "adresse de redirection",
      "url de retour",
    ],
    scope: ["portée"],
    request: ["requête", "demande"],
  },
  predicates: {
    unknown: ["inconnu", "inconnue", "introuvable", "n'existe pas", "pas reconnu", "pas reconnue"],
    unregistered: ["pas enregistré", "pas enregistrée", "non enregistré", "non enregistrée"],
    mismatch: ["ne correspond pas", "ne correspond à aucun", "ne correspond à aucune"],
    invalid: ["invalide", "non valide", "pas valide"],
    expired: ["expiré", "expirée"],
    forbidden: ["pas autorisé", "pas autorisée", "non autorisé", "non autorisée"],
  },
  prepositions: ["pour", "de", "par"],
  guards: [
    "mot de passe",
    "nom d'utilisateur",
    "identifiants",
    "courriel",
    "si vous",
    "code de vérification",
    "souhaite",
  ],
  coordinators: ["ou", "et"],
};
