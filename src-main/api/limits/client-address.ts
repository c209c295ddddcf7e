import type { IncomingMessage } from 'node:http';

/**
 * The address that limits are counted against: the TCP peer, or, where proxy headers are trusted, the last
 * entry of X-Forwarded-For. The last one is what our own proxy wrote; those before it are the client's claims.
 */
export function clientAddress(request: IncomingMessage, trustProxyHeaders: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (trustProxyHeaders && forwarded !== undefined) {
    const last = [forwarded].flat().join(',').split(',').at(-1)?.trim();
    if (last !== undefined && last !== '') return last;
  }
  // One host must not have two allowances by switching between IPv4 and IPv4-mapped IPv6.
  return (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/i, '');
}
