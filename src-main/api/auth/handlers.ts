import type { authRoutes } from '#shared/contract/auth.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { NewId } from '../../platform/ids.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import type { Authenticator } from './authenticator.ts';
import { hashSecret, newSecret } from './secret.ts';
import type { SetupToken } from './setup-token.ts';
import { TICKET_LIFETIME_MS, type Tickets } from './tickets.ts';

interface AuthDeps extends Pick<ResourceDeps, 'writer' | 'clock'> {
  readonly authenticator: Authenticator;
  readonly tickets: Tickets;
  readonly setupToken: SetupToken | null;
  readonly newId: NewId;
}

/** Sign-in: set-up token to access token, who is calling, tickets for the stream. */
export function authHandlers(deps: AuthDeps): Handlers<keyof typeof authRoutes> {
  return {
    setup: async ({ body }) => ({
      access_token: await exchange(deps, body.setup_token, body.name),
      token_type: 'bearer',
    }),
    session: ({ caller }) => ({ name: caller.name, auth_mode: deps.authenticator.mode }),
    wsTicket: ({ caller }) => ({
      ticket: deps.tickets.issue(caller),
      expires_in: TICKET_LIFETIME_MS / 1000,
    }),
  };
}

async function exchange(deps: AuthDeps, candidate: string, name: string): Promise<string> {
  const { setupToken, writer } = deps;
  if (setupToken?.isOpen() !== true) throw new AppError('not_found', { what: 'An open set-up token' });
  if (!setupToken.claim(candidate)) throw new AppError('unauthenticated');
  const accessToken = newSecret();
  const record = { id: deps.newId(), name, hash: hashSecret(accessToken), createdTs: deps.clock.now() };
  try {
    await writer.saveToken(record);
  } catch (error) {
    setupToken.release();
    throw error;
  }
  deps.authenticator.admit(record);
  return accessToken;
}
