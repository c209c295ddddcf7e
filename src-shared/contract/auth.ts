import { z } from 'zod';
import { route } from './route.ts';

export const authRoutes = {
  /** Exchanges the one-time set-up token that `serve` printed for an access token. */
  setup: route({
    method: 'POST',
    path: '/api/v1/auth/setup',
    tag: 'Sign-in',
    summary: 'Exchange the one-time set-up token for an access token',
    description:
      'Works once, within 15 minutes of the start. The access token is shown here and never again.',
    examples: [{ body: { setup_token: '...', name: 'laptop of the night shift' } }],
    permission: 'public',
    bucket: 'auth',
    status: 200,
    body: z.object({
      setup_token: z.string().min(1).max(256),
      name: z.string().min(1).max(128).default('set-up'),
    }),
    response: z.object({ access_token: z.string(), token_type: z.literal('bearer') }),
  }),
  session: route({
    method: 'GET',
    path: '/api/v1/auth/session',
    tag: 'Sign-in',
    summary: 'Whether the presented credential is valid, and its name',
    permission: 'stats:read',
    bucket: 'other',
    status: 200,
    response: z.object({ name: z.string(), auth_mode: z.enum(['required', 'disabled']) }),
  }),
  wsTicket: route({
    method: 'POST',
    path: '/api/v1/ws-ticket',
    tag: 'Sign-in',
    summary: 'One-time ticket (30 s) that opens the stream from a browser',
    permission: 'stream:read',
    bucket: 'other',
    status: 200,
    response: z.object({ ticket: z.string(), expires_in: z.number().int() }),
  }),
};
