import type { Language } from "./language.ts";

export const korean: Language = {
  concepts: {
    client: ["클라이언트", "앱"],
    redirect: ["리다이렉트", "리다이렉트 uri", "리디렉션", "콜백"],
    transaction: ["세션"],
    request: ["요청"],
  },
  predicates: {
    unknown: ["찾을 수 없"],
    mismatch: ["일치하지 않"],
    expired: ["만료"],
    forbidden: ["허용되지 않"],
  },
  adjectives: {
    unknown: ["존재하지 않", "알 수 없는"],
    unregistered: ["등록되지 않", "등록하지 않"],
    invalid: ["잘못된", "유효하지 않"],
  },
  guards: ["비밀번호", "아이디", "이메일", "인증", "경우"],
};
