import { browser } from "wxt/browser";

const ruleId = 1;

/**
 * MCP servers must refuse requests from foreign origins, and a browser adds `Origin: chrome-extension://…` to every POST of an
 * extension. Takes it off our own requests, and no others, until the browser is closed.
 * @see MCP Streamable HTTP, Security Warning
 */
export async function hideOwnOrigin(): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [ruleId],
    addRules: [
      {
        id: ruleId,
        condition: { initiatorDomains: [browser.runtime.id], resourceTypes: ["xmlhttprequest"] },
        action: { type: "modifyHeaders", requestHeaders: [{ header: "origin", operation: "remove" }] },
      },
    ],
  });
}
