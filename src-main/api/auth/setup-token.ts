import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Long enough to paste it into a browser, too short to be found later in a log (reliability D2). */
export const SETUP_TOKEN_LIFETIME_MS = 15 * 60_000;

/** The one-time token that `serve` prints for the first sign-in. */
export interface SetupToken {
  /** For the terminal, once. */
  readonly token: string;
  /** False once it was used or its time is over. */
  isOpen(): boolean;
  /** Takes the token if `candidate` is it. Only one of several simultaneous callers gets true. */
  claim(candidate: string): boolean;
  /** Gives a claimed token back: what it was exchanged for could not be stored. */
  release(): void;
}

/** Makes a set-up token that works once, within 15 minutes of monotonic time. */
export function createSetupToken(clock: Clock): SetupToken {
  const token = newSecret();
  const hash = Buffer.from(hashSecret(token), 'hex');
  const expiresMs = clock.monotonic() + SETUP_TOKEN_LIFETIME_MS;
  let claimed = false;
  const isOpen = (): boolean => !claimed && clock.monotonic() < expiresMs;
  return {
    token,
    isOpen,
    claim(candidate) {
      // Hashes have one length, so the comparison takes the same time whatever was sent.
      const matches = timingSafeEqual(hash, Buffer.from(hashSecret(candidate), 'hex'));
      if (!matches || !isOpen()) return false;
      claimed = true;
      return true;
    },
    release() {
      claimed = false;
    },
  };
}
