/** What the settings screen asks of the page around it. */
export interface SettingsCommands {
  readonly setPaused: (isPaused: boolean) => void;
  readonly allowEverySite: () => void;
  /** Opens the page on which sites are chosen one by one. */
  readonly chooseSites: () => void;
  /** Gives a match pattern back to the browser. */
  readonly revokeSite: (pattern: string) => void;
  readonly ignoreSite: (host: string) => void;
  readonly watchAgain: (host: string) => void;
  readonly setFetchesMetadata: (isOn: boolean) => void;
  readonly setKeepFinishedDays: (days: number) => void;
  /** Asks the browser for the permission first; false when it was not given. */
  readonly setNotifies: (isOn: boolean) => Promise<boolean>;
  /** False when it was not carried out. */
  readonly forgetAll: () => Promise<boolean>;
}
