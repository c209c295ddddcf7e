import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

/**
 * Datagrams that the kernel dropped for the UDP socket bound to `address`, since it was bound; null where the
 * system does not tell (everything but Linux). Source: the last column of /proc/net/udp and udp6.
 */
export function readKernelDrops(address: AddressInfo): number | null {
  const path = address.family === 'IPv6' ? '/proc/net/udp6' : '/proc/net/udp';
  try {
    // Synchronous: procfs answers from memory, in well under a millisecond.
    return dropsOf(readFileSync(path, 'latin1'), address.port);
  } catch {
    return null;
  }
}

/**
 * The drops column of the socket on `port`; null when the table has none. Sockets that share the port on other
 * addresses are counted together: the table spells addresses in the machine's byte order, and a receiver binds
 * its port exclusively.
 */
export function dropsOf(table: string, port: number): number | null {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops: number | null = null;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(wanted) !== true) continue;
    const count = Number(columns.at(-1));
    if (Number.isSafeInteger(count)) drops = (drops ?? 0) + count;
  }
  return drops;
}
