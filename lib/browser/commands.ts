import { type Browser, browser } from "wxt/browser";
import * as z from "zod/mini";

/** Everything a page may ask of the worker. State never travels this way: pages watch storage. */
const commandSchema = z.discriminatedUnion("command", [
  z.object({ command: z.literal("pause") }),
  z.object({ command: z.literal("resume") }),
  z.object({ command: z.literal("ignoreSite"), host: z.string().check(z.minLength(1), z.maxLength(253)) }),
  z.object({ command: z.literal("forget"), flowId: z.string() }),
  z.object({ command: z.literal("forgetAll") }),
  z.object({ command: z.literal("markSeen") }),
  /** The user opened this attempt, or asked by hand for the metadata of its server. */
  z.object({ command: z.literal("discover"), flowId: z.string(), isByHand: z.boolean() }),
  /** A page opened and wants to be sure that the index is up to date. */
  z.object({ command: z.literal("refresh") }),
  /** A page put observations into the store by itself, or changed how long they are kept. */
  z.object({ command: z.literal("reload") }),
]);
export type Command = z.infer<typeof commandSchema>;

type Answer = { readonly isDone: true } | { readonly isDone: false };

export async function sendCommand(command: Command): Promise<void> {
  const answer: Answer | undefined = await browser.runtime.sendMessage(command);
  if (!answer?.isDone) throw new Error(`The command ${command.command} was not carried out`);
}

/** Only our own pages are listened to: same extension, and an address of ours rather than a script in somebody's page. */
export function isOwnPage(sender: Pick<Browser.runtime.MessageSender, "id" | "url">): boolean {
  return sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL("")) === true;
}

export function listenForCommands(carryOut: (command: Command) => Promise<void>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, respond: (answer: Answer) => void) => {
    if (!isOwnPage(sender)) return undefined;
    const parsed = commandSchema.safeParse(message);
    if (!parsed.success) return undefined;
    carryOut(parsed.data).then(
      () => respond({ isDone: true }),
      () => respond({ isDone: false }),
    );
    return true;
  });
}
