import type { Language } from "./language.ts";

export const portuguese: Language = {
  concepts: {
    client: ["aplicativo", "aplicação"],
    redirect: ["uri de redirecionamento", "url de redirecionamento"],
    scope: ["escopo"],
    transaction: ["sessão"],
    request: ["solicitação"],
  },
  predicates: {
    unknown: [
      "desconhecido",
      "desconhecida",
      "não encontrado",
      "não encontrada",
      "não foi encontrado",
      "não foi encontrada",
      "não reconhecido",
      "não reconhecida",
      "não existe",
    ],
    unregistered: [
      "não registrado",
      "não registrada",
      "não está registrado",
      "não está registrada",
      "não cadastrado",
      "não cadastrada",
      "não está cadastrado",
      "não está cadastrada",
    ],
    mismatch: ["não corresponde", "não coincide"],
    invalid: ["não é válido", "não é válida"],
    expired: ["expirou"],
    forbidden: ["não permitido", "não permitida", "não autorizado", "não autorizada"],
  },
  guards: ["senha", "usuário ou", "nome de usuário", "código de verificação", "deseja acessar", "quer acessar"],
};
