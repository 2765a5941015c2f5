export const strings = {
  name: "Hopscope",
  inspector: "Inspector",
  loading: "Reading what was recorded",
  thisTab: "This tab",
  recent: "Other recent attempts",
  more: (count: number) => `${count.toLocaleString("en")} more in the inspector`,
  loadingAttempt: "Working out what happened",
  gone: "This attempt is no longer stored.",
  and: "for",
  access: {
    none: {
      title: "Hopscope may not see any site yet",
      text: "Attempts are recorded only on sites you allow. This page alone can be explained without that.",
    },
    withheld: {
      title: "Access to sites was taken back",
      text: "Attempts on sites without access are not seen. What was recorded before is still here.",
    },
    some: "Watching only the sites you chose. A leg on any other site is not seen.",
    all: "Allow on every site",
    choose: "Choose sites",
  },
  paused: { title: "Paused", text: "Nothing is recorded until you resume.", resume: "Resume" },
  gaps: (count: number) =>
    count === 1
      ? "Once, something was certainly missed."
      : `${count.toLocaleString("en")} times, something was certainly missed.`,
  gapsMeaning: "Attempts at those times may be incomplete; each says where.",
  empty: {
    title: "No attempt seen yet",
    steps: [
      "Start the connection again in your client. It opens a page in this browser.",
      "When it fails, open Hopscope on that page.",
    ],
    none: "Or open Hopscope on the error page that is already there: that works without access.",
  },
  emptyTab: "No attempt in this tab.",
  explanation: {
    page: "This page",
    pasted: "Pasted text",
    reading: "Reading this page",
    nothingOnPage: "This page is not part of an authorization attempt that Hopscope recognises.",
    nothingInText: "Nothing in this text is an authorization request or an error that Hopscope recognises.",
    close: "Close",
    explainPage: "Explain this page",
  },
  paste: {
    title: "Explain an address or an error text",
    label: "Address of the page, or the text it shows",
    hint: "Read on this computer only. Codes, tokens and other secrets are replaced before anything else happens.",
    submit: "Explain",
  },
  pause: "Pause",
  ignore: (host: string) => `Not on ${host}`,
  ignoreQuestion: (host: string) => `Stop recording on ${host} and forget its attempts?`,
  ignoreConfirm: "Stop recording",
  forgetAll: "Forget everything",
  forgetAllQuestion: "Forget every recorded attempt?",
  forgetAllConfirm: "Forget everything",
} as const;
