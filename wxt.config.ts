import { defineConfig } from "wxt";

// A fixed key gives every unpacked copy the same extension id, so grants survive a move of the folder.
const key =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5Us7FjzaKcu7AMy/nmxwR5hNjHUWWljdeP7SE4WMlJipuwDxlvpcgezde+SoCBY7C7THEdtxcQ7z0II89r1abDDqhWzZ3ZZc7eqnH9exvBMReLDmdsKu+1TrXajFpdV9SJXng2Q5w3O/BI9fmTPLY/jmf8k8wPdYYbQ88lEs/pd5KU9WSXnlwmv7T6co8t9FijZ0X37qujylPF4FSYXAsSEvC7tyhyILRN3X9RGs3s9Cbu5Q9GfPRW2uOfOdvZBOsj496MtDqSS7k44lvQl7AzwjBdvR8C6Q59DBKpMrxuct6W5Gy1T46Llx28cIk0ryx58DvTElCY5x6+w7zrTMYQIDAQAB";

export default defineConfig({
  imports: false,
  modules: ["@wxt-dev/module-react"],
  manifest: {
    name: "Hopscope",
    description: "Explains why an OAuth or MCP authorization attempt failed in the browser, with evidence.",
    key,
  },
});
