import type { FastifyRequest } from 'fastify';

/** Reliability T16: a body of at most 1 MiB that is not here by then is being dripped. */
const BODY_DEADLINE_MS = 60_000;

/** Drops a connection whose body does not arrive in time. Uploads are exempt: their length is the analyst's. */
export function startBodyDeadline(request: FastifyRequest): void {
  const { raw } = request;
  if (raw.complete) return;
  const timer = setTimeout(() => raw.destroy(), BODY_DEADLINE_MS);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  raw.once('end', stop);
  raw.once('close', stop);
}
