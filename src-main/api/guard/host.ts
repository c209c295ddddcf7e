import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

const ABSOLUTE_FORM = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i;

/**
 * The address that a request was sent to ("127.0.0.1:8080"), or null when it is not one of ours.
 *
 * DNS rebinding makes a hostile page "same origin" with us under its own name; only the Host header gives it
 * away (reliability T10). Node accepts several Hosts (the first wins), none in HTTP/1.0, and any authority in an
 * absolute-form target (measured there as L13), so the raw headers and the target are looked at as well.
 */
export function requestedHost(request: IncomingMessage, allowedHosts: readonly string[]): string | null {
  const hosts = rawHeaderValues(request, 'host');
  const host = hosts[0]?.toLowerCase();
  if (hosts.length !== 1 || host === undefined) return null;
  if (!isAllowed(host, request.socket.localPort ?? 0, allowedHosts)) return null;
  const absolute = ABSOLUTE_FORM.exec(request.url ?? '');
  if (absolute === null) return host;
  const [, scheme = '', authority = ''] = absolute;
  // RFC 9112 section 3.2.2: the target's authority overrides Host; one that differs is somebody else's.
  return scheme.toLowerCase() === 'http' && authority.toLowerCase() === host ? host : null;
}

/** The target without scheme and authority, as routing expects it. */
export function originForm(target: string): string {
  const rest = ABSOLUTE_FORM.exec(target)?.[3];
  if (rest === undefined) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Every value of a header as it came over the wire, before Node joined or dropped duplicates. */
export function rawHeaderValues(request: IncomingMessage, name: string): readonly string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

function isAllowed(host: string, port: number, allowedHosts: readonly string[]): boolean {
  const configured = allowedHosts.map((name) => name.toLowerCase());
  // A configured "name:port" is taken as it is: behind a proxy, the port is the proxy's.
  if (configured.includes(host)) return true;
  return [...LOOPBACK_NAMES, ...configured].some(
    (name) => host === `${name}:${port}` || (port === 80 && host === name),
  );
}
