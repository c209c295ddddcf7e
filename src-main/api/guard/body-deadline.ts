import type { IncomingMessage } from 'node:http';

/** Reliability T16: a body of at most 1 MiB that is not here by then is being dripped. */
export const BODY_DEADLINE_MS = 60_000;

/** Drops a connection whose body does not arrive in time. Uploads are exempt: their length is the analyst's. */
export function startBodyDeadline(request: IncomingMessage): void {
  if (!isBodyPending(request)) return;
  const timer = setTimeout(() => request.destroy(), BODY_DEADLINE_MS);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}

/** True while a body was announced and is not all here. */
export function isBodyPending({ complete, headers }: IncomingMessage): boolean {
  const isAnnounced =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return isAnnounced && !complete;
}
