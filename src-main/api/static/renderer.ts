import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentPolicy } from '#shared/security/content-policy.ts';

/** Vite puts a hash of the content into the names of everything below this folder. */
const HASHED_FOLDER = '/assets/';

/**
 * Serves the built renderer at `/`, so that a browser is a full client. The files are public: they are the same
 * for everyone and hold no data. Each file becomes a route, so an unknown address stays unknown (T12).
 */
export function serveRenderer(app: FastifyInstance, rendererDir: string): void {
  void app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public' };
    });
    await scope.register(fastifyStatic, {
      root: rendererDir,
      wildcard: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('content-security-policy', contentPolicy());
        const isHashed = path.replaceAll('\\', '/').includes(HASHED_FOLDER);
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
}
