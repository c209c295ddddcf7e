import { fastify, type FastifyInstance } from 'fastify';
import { buildOpenApi } from '#shared/contract/openapi.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isLoopbackAddress } from '../platform/loopback.ts';
import { alertHandlers } from './alerts/handlers.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import { authHandlers } from './auth/handlers.ts';
import { createTickets } from './auth/tickets.ts';
import { coverageHandlers } from './coverage/handlers.ts';
import type { ApiDeps } from './deps.ts';
import { detectionHandlers } from './detections/handlers.ts';
import { eventHandlers } from './events/handlers.ts';
import { feedbackHandlers } from './feedback/handlers.ts';
import { createGatedServer } from './guard/gated-server.ts';
import { createGuard } from './guard/guard.ts';
import { addHooks } from './hooks.ts';
import { importHandlers } from './imports/handlers.ts';
import { layerHandlers } from './layers/handlers.ts';
import { createRateLimiter } from './limits/rate-limiter.ts';
import { answerError, answerMalformed, answerNotFound } from './refusals.ts';
import { addRoutes } from './routes.ts';
import { ruleActivityHandlers } from './sigma/activity.ts';
import { ruleHistoryHandlers } from './sigma/history-handlers.ts';
import { ruleNotesHandlers } from './sigma/notes-handlers.ts';
import { ruleImportHandlers } from './sigma/import-handlers.ts';
import { sigmaHandlers } from './sigma/handlers.ts';
import { ruleQuestionHandlers } from './rule-questions/handlers.ts';
import { serveRenderer } from './static/renderer.ts';
import { createUpgradeHandler } from './stream/upgrade.ts';
import { suggestionHandlers } from './suggestions/handlers.ts';
import { systemHandlers } from './system/handlers.ts';
import { ruleSettingsHandlers } from './rule-settings/handlers.ts';
import { savedViewHandlers } from './views/handlers.ts';
import { threatHandlers } from './threats/handlers.ts';

/** JSON bodies (reliability T16). Uploads are streamed and have their own limit. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Rule ids may be 256 characters; percent-encoding makes them up to three times as long. */
const MAX_PARAM_LENGTH = 1024;

/**
 * The HTTP side of the core: the route table, the stream and the renderer behind one guard. Listens nowhere
 * until `listen` is called; `close` also says goodbye to the hub's clients. Throws `config_invalid` when sign-in
 * is disabled on an address that other machines can reach.
 */
export function buildApi(deps: ApiDeps): FastifyInstance {
  refuseOpenNetwork(deps);
  const { clock, hub, newId } = deps;
  const authenticator = createAuthenticator(deps.auth);
  const tickets = createTickets(clock);
  const guard = createGuard(deps.network);
  const onUpgrade = createUpgradeHandler({ guard, authenticator, tickets, hub, newId });
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    return503OnClosing: false,
    serverFactory: (handle) => createGatedServer(handle, { guard, newId, onUpgrade }),
    frameworkErrors: (error, request, reply) => answerMalformed(authenticator, { error, request, reply }),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => answerError(deps.logger, { error, request, reply }));
  app.setNotFoundHandler(answerNotFound);
  addHooks(app, { ...deps, authenticator, limiter: createRateLimiter(deps.rateLimits, clock) });
  addRoutes(app, deps.network, {
    ...systemHandlers({ ...deps, openApi: buildOpenApi(deps.version) }),
    ...authHandlers({ ...deps, authenticator, tickets, setupToken: deps.auth.setupToken }),
    ...eventHandlers(deps),
    ...ruleActivityHandlers(deps),
    ...ruleSettingsHandlers(deps),
    ...savedViewHandlers(deps),
    ...alertHandlers(deps),
    ...feedbackHandlers(deps),
    ...sigmaHandlers(deps),
    ...ruleQuestionHandlers(deps),
    ...ruleHistoryHandlers(deps),
    ...ruleNotesHandlers(deps),
    ...detectionHandlers(deps),
    ...ruleImportHandlers(deps),
    ...suggestionHandlers(deps),
    ...coverageHandlers(deps),
    ...layerHandlers(deps),
    ...threatHandlers(deps),
    ...importHandlers(deps),
  });
  if (deps.rendererDir !== null) serveRenderer(app, deps.rendererDir);
  app.addHook('onReady', async () => {
    for (const token of await deps.writer.tokens()) authenticator.admit(token);
  });
  app.addHook('preClose', (done) => {
    hub.close();
    done();
  });
  return app;
}

function refuseOpenNetwork({ auth }: ApiDeps): void {
  if (auth.mode === 'required' || isLoopbackAddress(auth.bindHost)) return;
  throw new AppError('config_invalid', {
    reason: `api_auth_mode: disabled works on loopback addresses only, and api_host is ${auth.bindHost}`,
  });
}
