export const strings = {
  loading: "Opening the page",
  missing: {
    title: "There is no such finding",
    text: "The address names a finding that this version of Hopscope does not have.",
  },
  toAttempts: "← All attempts",
} as const;
