import type { Language } from "./language.ts";

export const chinese: Language = {
  concepts: {
    client: ["客户端", "应用"],
    redirect: ["重定向", "重定向uri", "重定向url", "重定向地址", "回调", "回调地址"],
    scope: ["权限范围"],
    transaction: ["会话"],
    request: ["请求", "参数"],
  },
  predicates: {
    unknown: ["不存在"],
    unregistered: ["未注册"],
    mismatch: ["不匹配", "不一致"],
    invalid: ["无效", "错误"],
    expired: ["过期", "失效"],
    forbidden: ["不允许", "未授权"],
  },
  adjectives: {
    unknown: ["未找到", "找不到", "未知"],
    invalid: ["无效的"],
  },
  guards: ["密码", "用户名", "验证码", "邮箱", "如果", "如有", "请求访问"],
};
