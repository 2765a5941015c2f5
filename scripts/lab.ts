import { startLab } from "../test/servers/lab.ts";

/** Keeps the lab running for a browser of one's own, until interrupted. */
const lab = await startLab({ startPort: Number(process.env.LAB_PORT ?? 0) });
console.log(`Attempts to start: ${lab.startUrl}`);
console.log(`Chromium trusts the lab's TLS when started with a user data directory of its own and`);
console.log(lab.browserArgs.join(" "));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void lab.stop());
