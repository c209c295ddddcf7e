import type { TokenRecord } from '../../store/interface/writer.ts';
import type { AuthOptions } from '../deps.ts';
import type { Caller } from './caller.ts';
import { hashSecret } from './secret.ts';

const OPEN_CALLER: Caller = { kind: 'open', name: 'anyone on this machine' };

export interface Authenticator {
  readonly mode: AuthOptions['mode'];
  /** The caller that a credential stands for; null when it is wrong or absent and sign-in is required. */
  identify(credential: string | null): Caller | null;
  /** Lets the holder of a stored token in from now on. */
  admit(token: TokenRecord): void;
}

/**
 * Knows credentials by their SHA-256 only. Looking a hash up in a map takes no secret-dependent path that a
 * caller could steer: to do so he would have to choose SHA-256 outputs.
 */
export function createAuthenticator(options: Pick<AuthOptions, 'mode' | 'launchToken'>): Authenticator {
  const callers = new Map<string, Caller>();
  if (options.launchToken !== null) {
    callers.set(hashSecret(options.launchToken), { kind: 'launch', name: 'this window' });
  }
  return {
    mode: options.mode,
    identify(credential) {
      const known = credential === null ? undefined : callers.get(hashSecret(credential));
      return known ?? (options.mode === 'disabled' ? OPEN_CALLER : null);
    },
    admit(token) {
      callers.set(token.hash, { kind: 'token', name: token.name });
    },
  };
}
