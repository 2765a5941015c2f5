import type { Language } from "./language.ts";

export const russian: Language = {
  concepts: {
    client: ["клиент", "приложение"],
    redirect: ["uri перенаправления", "url перенаправления", "адрес перенаправления"],
    transaction: ["сеанс", "сессия"],
    request: ["запрос"],
  },
  predicates: {
    unknown: ["не найден", "не найдено"],
    unregistered: ["не зарегистрирован", "не зарегистрировано"],
    mismatch: ["не совпадает", "не соответствует"],
    expired: ["истек", "истекла"],
    forbidden: ["не разрешен", "запрещен"],
  },
  adjectives: {
    unknown: ["неизвестный", "неизвестное"],
    invalid: ["неверный", "недействительный", "недопустимый"],
  },
  prepositions: ["для", "с"],
  guards: ["пароль", "логин", "почты", "неверный код", "если", "запрашивает доступ"],
};
