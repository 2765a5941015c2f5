import type { Draw } from "@/lib/probes/answers.ts";
import type { OracleName } from "@/lib/probes/known-client.ts";
import type { QuestionId } from "@/lib/probes/questions.ts";

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const list = new Intl.ListFormat("en", { type: "conjunction" });

export const strings = {
  title: "Ask the server",
  explanation:
    "Nothing is sent until you press Ask. Requests go out without cookies, logins or the codes of the attempt, and none of them signs anybody in.",
  nothing: {
    title: "There is nothing to ask about",
    text: "The authorization request of this attempt was not seen, so its server cannot be asked about it.",
  },
  unrepeatable: (names: readonly string[]) =>
    `${list.format(names)} cannot be repeated: only ${names.length === 1 ? "its fingerprint is" : "their fingerprints are"} known. The requests go without, and an answer may differ because of that.`,
  now: "As far as known now",
  nowNothing: "Nothing that was seen says what is wrong.",
  seeCause: "See the evidence and what to do",
  questions: {
    "known-client": {
      title: "Does the server know this client?",
      text: "Asks about this client_id and about a random one. The same answer to both means that the server does not know it.",
    },
    instances: {
      title: "Do all instances agree?",
      text: "Asks the same several times at once, with a random client_id between. Answers that differ come from instances that do not share their clients.",
    },
    endpoints: {
      title: "Are the advertised endpoints reachable?",
      text: "One plain request to each. It says only that something answers there, not that authorization works.",
    },
    "redirect-uris": {
      title: "Which redirect URIs does it accept?",
      text: "Asks with the redirect URI of the attempt, with what it is commonly confused with, and with one that nobody registered.",
    },
    "loopback-port": {
      title: "May the loopback port differ?",
      text: "Registers a client of our own with one port and asks with another, which RFC 8252 §7.3 says must be allowed.",
    },
    "client-metadata": {
      title: "Can it fetch the client’s metadata document?",
      text: "Asks with this client’s document, with two well-known ones, and with one that does not exist.",
    },
    registration: {
      title: "Is registration open to unknown clients?",
      text: "Registers two clients of our own that differ in nothing but the redirect URI.",
    },
    canary: {
      title: "Does a new registration stay known?",
      text: "Registers a client of our own and asks several times whether the server knows it.",
    },
  } satisfies Record<QuestionId, { title: string; text: string }>,
  sends: (count: number, hosts: readonly string[]) =>
    `Sends ${plural(count, "request", "requests")} to ${list.format(hosts)}`,
  sendsAtMost: (count: number, hosts: readonly string[]) =>
    `Sends at most ${plural(count, "request", "requests")} to ${list.format(hosts)}`,
  sendsAgain: (count: number) => `and ${count.toLocaleString("en")} more after 90 s if the answers differ`,
  writes: (count: number) =>
    count === 1 ? "It registers a client on the server" : `It registers ${count} clients on the server`,
  requests: "What is sent",
  more: (count: number) => `and ${plural(count, "more like these", "more like these")}`,
  following: (count: number) => `then ${plural(count, "request", "requests")} about the client it registered`,
  cleaningUp: "then a request to delete each registration, where the server offers that (RFC 7592)",
  ask: "Ask",
  askAgain: "Ask again",
  askNamed: (title: string) => `Ask: ${title}`,
  again: "Ask again in 90 s",
  waiting: (seconds: number) => `Asking again in ${seconds} s`,
  waitingMeaning: "Instances that still differ after 90 s are not just behind each other.",
  doNotWait: "Do not ask again",
  confirm: {
    imported: (hosts: readonly string[]) =>
      `This attempt was imported. The requests would go from this computer to ${list.format(hosts)}.`,
    write: (url: string) => `This is sent to ${url} and creates a client there:`,
    yes: "Send it",
    yesImported: "Ask from this computer",
    no: "Do not send",
  },
  asking: (sent: number, total: number) => `Asking: ${sent} of at most ${total} requests sent`,
  cancel: "Cancel",
  noAccess: "The browser was not allowed to reach the host, so nothing was sent.",
  failed: "Asking failed, and not because of the server. Nothing more is sent.",
  sent: (count: number) => `${plural(count, "request was", "requests were")} sent.`,
  stopped: {
    "rate-limited": "The server asked for fewer requests (429), so the rest was not sent. Try again later.",
    cancelled: "Cancelled: the rest was not sent.",
  },
  deleted: (ids: readonly string[]) => `${plural(ids.length, "registration was", "registrations were")} deleted again.`,
  leftBehind: (ids: readonly string[]) =>
    `Left on the server, which offered no way to delete ${ids.length === 1 ? "it" : "them"}:`,
  answers: {
    knownClient: {
      known: "Yes. It is answered differently from an id that nobody registered.",
      unknown: "No. It is answered exactly like an id that nobody registered.",
      alike:
        "Cannot tell: it is answered exactly like an id that nobody registered, but in words that do not speak of the client.",
      mixed: "The answers contradict each other: ask whether all instances agree.",
      cannotTell: "Cannot tell: the answers do not separate a client it knows from one it does not.",
    },
    instances: {
      agreeKnown: "All answers agreed: it knows the client.",
      agreeUnknown: "All answers agreed: it does not know the client.",
      disagree: "The answers differ: some know the client, some do not.",
      stillDisagree: "The answers still differ after 90 s: some know the client, some do not.",
      crash: "Some answers know the client, others are server errors.",
      stillCrash: "After 90 s, some answers still know the client and others are server errors.",
      cannotTell: "Cannot tell: the answers do not separate a client it knows from one it does not.",
    },
    terminal:
      "A terminal opens as many connections as it needs; a browser cannot. In the folder that Hopscope was built in:",
    endpoints: (reachable: number, all: number) =>
      reachable === all
        ? "Something answers at every endpoint."
        : `Something answers at ${reachable} of ${all} endpoints.`,
    redirectUris: (accepted: number, all: number) =>
      accepted === 0 ? "None of them was accepted." : `${accepted} of ${all} were accepted.`,
    redirectVerdicts: { accepted: "Accepted", refused: "Refused", cannotTell: "Cannot tell" },
    reachable: { yes: "Answers", no: "Nothing there" },
    loopback: {
      free: "Yes. Another port than the registered one was accepted.",
      exact: "No. It insists on the registered port, against RFC 8252 §7.3.",
      cannotTell: "Cannot tell: the answers do not separate one port from another.",
    },
    localhost: {
      yes: "localhost is taken for 127.0.0.1.",
      no: "localhost is not taken for 127.0.0.1, which is correct: clients must not mix them.",
    },
    clientMetadata: {
      fetched: "Yes. The server got as far as the redirect URI.",
      thisDocument: "No, not this one. It can fetch others.",
      noDocument: "No, and it could fetch no other document either.",
      cannotTell: "Cannot tell: the answers do not separate a document it can fetch from one that does not exist.",
    },
    registration: {
      open: "Yes. Both registrations were accepted.",
      closed: "No. Both registrations were refused.",
      allowList: "Only for redirect URIs on a list: the two differ in nothing else, and one was refused.",
      cannotTell: "Cannot tell: the registrations were refused for some other reason.",
    },
    canary: (known: number, unknown: number) =>
      unknown === 0
        ? `Yes. All ${plural(known, "answer", "answers")} knew the new client.`
        : known === 0
          ? `No. None of ${plural(unknown, "answer", "answers")} knew the new client.`
          : `Not everywhere. ${plural(known, "answer", "answers")} knew the new client, ${unknown} did not.`,
    canaryRefused: "The registration was refused, so there was nothing to ask about.",
  },
  asked: "What was answered",
  about: { suspect: "this client", control: "a random id" },
  oracles: {
    redirect: "With a redirect URI that nobody registered",
    token: "Exchanging a code that never existed",
    original: "The authorization request as it was",
  } satisfies Record<OracleName, string>,
  answersOf: (draws: readonly Draw[]) => {
    const counts = new Map<string, number>();
    for (const { says } of draws) counts.set(says, (counts.get(says) ?? 0) + 1);
    return [...counts].map(([says, count]) => ({ says, count: count > 1 ? `${count} ×` : "" }));
  },
} as const;
