import { AppError } from '#shared/errors/app-error.ts';

/** "192.0.2.1:514", "[2001:db8::1]:514"; an IPv4 address that arrived on an IPv6 socket in its IPv4 form. */
export function formatPeer(address: string, port: number): string {
  const plain = plainAddress(address);
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}

/** The address without the IPv4-mapped prefix (RFC 4291 section 2.5.5.2): one peer, one name. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** Why a socket could not listen, as the error that the analyst reads. */
export function toListenError(cause: Error, host: string, port: number): AppError {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') return new AppError('port_in_use', { host, port }, { cause });
  const reason =
    code === 'EACCES'
      ? `port ${port} needs more rights than Harrier has; choose one above 1023`
      : cause.message;
  return new AppError('not_ready', { what: `The receiver on ${formatPeer(host, port)}`, reason }, { cause });
}
