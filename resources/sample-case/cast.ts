/**
 * Who and what takes part. Addresses are from the ranges for documentation (RFC 5737), names from the domain for
 * tests (RFC 6761); accounts are roles, not people.
 */
export interface Machine {
  readonly name: string;
  readonly address: string;
  /** Account that works on it by day. */
  readonly user: string;
}

export const DOMAIN = 'example.test';
export const NETBIOS = 'EXAMPLE';

export const WORKSTATION: Machine = { name: 'WS-014', address: '192.0.2.14', user: 'analyst' };
export const FILE_SERVER: Machine = { name: 'FS-01', address: '192.0.2.5', user: 'svc-backup' };
export const DOMAIN_CONTROLLER: Machine = { name: 'DC-01', address: '192.0.2.2', user: 'admin-ops' };
export const WEB_SERVER: Machine = { name: 'WEB-02', address: '192.0.2.80', user: 'www-data' };

export const WORKSTATIONS: readonly [Machine, ...Machine[]] = [
  WORKSTATION,
  { name: 'WS-021', address: '192.0.2.21', user: 'accounts' },
  { name: 'WS-033', address: '192.0.2.33', user: 'clerk-07' },
];

/** The intruder's server, and the host from which passwords are guessed. */
export const INTRUDER = '198.51.100.23';
export const GUESSER = '198.51.100.77';

/** Jump host of the administrators, from which backups and maintenance log on. */
export const JUMP_HOST = '192.0.2.10';

/** The case covers 36 hours from here. */
export const START_MS = Date.UTC(2025, 2, 10, 6, 0, 0);
export const HOURS = 36;

/** Instant of the case: `day` 1 or 2, UTC. */
export function at(day: 1 | 2, hour: number, minute: number, second = 0): number {
  return Date.UTC(2025, 2, 9 + day, hour, minute, second);
}

/** A stable security identifier for an account of the domain. */
export function accountSid(user: string): string {
  let number = 1100;
  for (const character of user) number += character.charCodeAt(0);
  return `S-1-5-21-1004336348-1177238915-682003330-${number}`;
}
