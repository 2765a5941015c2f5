import type { Language } from "./language.ts";

export const spanish: Language = {
  concepts: {
    client: ["cliente", "aplicación"],
    redirect: ["uri de redirección", "url de redirección", "uri de redireccionamiento", "url de redireccionamiento"],
    scope: ["alcance", "ámbito"],
    transaction: ["sesión"],
    request: ["solicitud"],
  },
  predicates: {
    unknown: [
      "desconocido",
      "desconocida",
      "no encontrado",
      "no encontrada",
      "no reconocido",
      "no reconocida",
      "no se encontró",
      "no existe",
    ],
    unregistered: ["no registrado", "no registrada", "no está registrado", "no está registrada"],
    mismatch: ["no coincide", "no corresponde"],
    invalid: ["no válido", "no válida", "no es válido", "no es válida", "inválido", "inválida"],
    expired: ["caducado", "caducada", "expirado", "expiró"],
    forbidden: [
      "no permitido",
      "no permitida",
      "no autorizado",
      "no autorizada",
      "no está autorizado",
      "no está autorizada",
    ],
  },
  prepositions: ["para", "por", "del"],
  guards: [
    "contraseña",
    "nombre de usuario",
    "correo",
    "código de verificación",
    "si no",
    "quiere acceder",
    "desea acceder",
  ],
  coordinators: ["y", "o"],
};
