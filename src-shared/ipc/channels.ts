/**
 * What the desktop shell offers to its page as `window.harrier`: one function for each message, no Electron
 * object and no channel name. Absent in a browser, where the page signs in like any other client.
 */
export interface ShellBridge {
  /** Node's name of the platform: "darwin", "win32", "linux". */
  readonly platform: string;
  /** Origin of the core and the credential of this launch; waits until the core serves. New after each restart. */
  session(): Promise<ShellSession>;
  /** Lets the analyst choose evidence files in the system's dialog; empty when cancelled. */
  openEvidence(): Promise<readonly string[]>;
  /** Lets the analyst choose a folder; empty when cancelled. */
  openEvidenceFolder(): Promise<readonly string[]>;
  /** Absolute path of a file that was dropped on the page; empty when it has none. */
  pathForFile(file: object): string;
  /** Calls back with paths opened through the system (file association, a second start). Returns how to stop it. */
  onOpenEvidence(callback: (paths: readonly string[]) => void): () => void;
  /** Calls back whenever the core starts, serves, or is started again after a crash. */
  onCoreState(callback: (state: CoreState) => void): () => void;
  /** Opens a reference in the system's browser after asking; false when it was refused or is not on the list. */
  openReference(url: string): Promise<boolean>;
}

export interface ShellSession {
  readonly url: string;
  readonly token: string;
}

/** `failed` is final: the core could not be started again, and `message` says why. */
export interface CoreState {
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed';
  readonly message: string;
}

/** Channel of each call from the page, answered by the shell. */
export const PAGE_CALLS = {
  session: 'harrier:session',
  openEvidence: 'harrier:open-evidence',
  openEvidenceFolder: 'harrier:open-evidence-folder',
  takeOpened: 'harrier:take-opened',
  openReference: 'harrier:open-reference',
} as const;

export type PageCall = keyof typeof PAGE_CALLS;

/** Channel of each message from the shell to the page. */
export const PAGE_EVENTS = {
  /** Evidence was opened through the system: fetch it with `takeOpened`, so that a reload loses nothing. */
  evidenceOpened: 'harrier:evidence-opened',
  coreState: 'harrier:core-state',
} as const;
