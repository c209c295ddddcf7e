import { create } from 'zustand';
import type { ShellBridge } from '#shared/ipc/channels.ts';

declare global {
  interface Window {
    /** What the desktop shell offers; absent in a browser. */
    readonly harrier?: ShellBridge;
  }
}

export interface Session {
  /** Origin of the core; empty when the page came from it. */
  readonly origin: string;
  /** Null until sign-in, and for good when the core runs with authentication disabled. */
  readonly token: string | null;
  /** Set when the core refused the credential; the sign-in screen then covers the page, and nothing is lost. */
  readonly needsSignIn: boolean;
}

const STORAGE_KEY = 'harrier.token';

export const useSession = create<Session>()(() => ({ origin: '', token: null, needsSignIn: false }));

/** Keeps a credential for this tab: in memory, and in sessionStorage so that a reload stays signed in. */
export function keepToken(token: string): void {
  sessionStorage.setItem(STORAGE_KEY, token);
  useSession.setState({ token, needsSignIn: false });
}

export function refuseToken(): void {
  sessionStorage.removeItem(STORAGE_KEY);
  useSession.setState({ token: null, needsSignIn: true });
}

/**
 * Takes `#setup=<token>` out of the address, once: a token that stays in the address is copied, bookmarked and
 * seen by everyone who looks at the screen. Fragments are never sent to a server.
 */
export function takeSetupToken(location: Location, history: History): string | null {
  const match = /^#\/?setup=([^&]+)$/.exec(location.hash);
  if (!match?.[1]) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return decodeURIComponent(match[1]);
}

/** Finds the credential before anything is drawn: from the shell, from a set-up link, or from this tab. */
export async function startSession(exchange: (setupToken: string) => Promise<string>): Promise<void> {
  if (window.harrier !== undefined) {
    await startShellSession(window.harrier);
    return;
  }
  const stored = sessionStorage.getItem(STORAGE_KEY);
  if (stored !== null) useSession.setState({ token: stored });
  const setupToken = takeSetupToken(window.location, window.history);
  if (setupToken === null) return;
  try {
    keepToken(await exchange(setupToken));
  } catch {
    // A link that was used before is no reason to lose a session that still works.
    if (stored === null) useSession.setState({ needsSignIn: true });
  }
}

/** The shell's core gets a new port and credential whenever it is started again. */
async function startShellSession(shell: ShellBridge): Promise<void> {
  const take = async (): Promise<void> => {
    const { url, token } = await shell.session();
    useSession.setState({ origin: url, token, needsSignIn: false });
  };
  shell.onCoreState(({ state }) => {
    if (state === 'ready') void take();
  });
  await take();
}
