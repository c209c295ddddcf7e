import { BlockList, isIP, SocketAddress } from 'node:net';
import type { Plain } from './fields.ts';

/** The number that a value is or states; NaN when it is none. */
export function numberOf(value: Plain): number {
  if (typeof value === 'number') return value;
  const text = String(value);
  return /^[+-]?\d{1,17}(\.\d{1,17})?$/.test(text) || /^0x[\da-f]{1,13}$/i.test(text) ? Number(text) : NaN;
}

/** A part of an ISO date as it is written; NaN when the text is none. */
export function datePart(text: string, part: string): number {
  const [, date = '', hour, minute] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d))?/.exec(text) ?? [];
  const day = new Date(`${date}T${hour ?? '00'}:${minute ?? '00'}:00Z`);
  // The date parser carries February 30 over into March, and takes 24:00.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date) || hour === '24') return NaN;
  const parts: Readonly<Record<string, number>> = {
    minute: minute === undefined ? NaN : day.getUTCMinutes(),
    hour: hour === undefined ? NaN : day.getUTCHours(),
    day: day.getUTCDate(),
    week: weekOf(day),
    month: day.getUTCMonth() + 1,
    year: day.getUTCFullYear(),
  };
  return parts[part] ?? NaN;
}

const DAY_MS = 86_400_000;

/** Weeks begin on Mondays; the first is the one with January 4 in it (ISO 8601). */
function weekOf(day: Date): number {
  const monday = mondayOf(day.getTime());
  const year = day.getUTCFullYear();
  const first = [year + 1, year, year - 1]
    .map((one) => mondayOf(Date.UTC(one, 0, 4)))
    .find((start) => start <= monday);
  return Math.round((monday - (first ?? NaN)) / (7 * DAY_MS)) + 1;
}

function mondayOf(time: number): number {
  const midnight = time - (time % DAY_MS);
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY_MS;
}

/** True when `text` is an address of the network; an IPv4 address in IPv6 form counts as IPv4. */
export function isInSubnet(text: string, network: string): boolean {
  const [base = '', prefix] = network.split('/');
  const origin = plainAddress(base);
  const address = plainAddress(text);
  if (origin === null || address?.family !== origin.family) return false;
  const whole = origin.family === 'ipv4' ? 32 : 128;
  const given = prefix === undefined ? whole : Number(prefix);
  const length = base.includes(':') && origin.family === 'ipv4' && prefix !== undefined ? given - 96 : given;
  const list = new BlockList();
  list.addSubnet(origin.address, length, origin.family);
  return list.check(address.address, address.family);
}

interface Address {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
}

function plainAddress(text: string): Address | null {
  const bare = text.includes(':') ? text.replace(/%.*$/s, '') : text;
  if (isIP(bare) === 4) return { address: bare, family: 'ipv4' };
  if (isIP(bare) !== 6) return null;
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  return mapped === undefined ? { address, family: 'ipv6' } : { address: mapped, family: 'ipv4' };
}
