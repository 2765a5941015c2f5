import { browser } from "wxt/browser";
import type { NetworkEntry } from "@/lib/browser/capture/devtools-network.ts";
import { startDevtoolsRecorder } from "@/lib/browser/devtools-recorder.ts";

const { inspectedWindow, network, panels } = browser.devtools;
const { tabId } = inspectedWindow;
panels.create("Hopscope", "icon/32.png", `inspector.html?tab=${tabId}`);

const recorder = startDevtoolsRecorder(tabId);
const take = (entry: unknown) => void recorder.then((add) => add(entry as NetworkEntry));
network.onRequestFinished.addListener(take);
// What DevTools had logged before this page was ready.
network.getHAR(({ entries }) => entries.forEach(take));
