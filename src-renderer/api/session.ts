import { create } from 'zustand';

/** What the shell's preload offers to its page; absent in a browser. */
interface ShellBridge {
  /** Origin of the core and the credential of this launch. */
  readonly session?: () => Promise<{ readonly url: string; readonly token: string }>;
}

declare global {
  interface Window {
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
  const shell = await window.harrier?.session?.();
  if (shell) {
    useSession.setState({ origin: shell.url, token: shell.token });
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
