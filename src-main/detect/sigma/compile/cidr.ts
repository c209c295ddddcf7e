/** A network: the address's bits above the prefix length. */
export interface Network {
  readonly version: 4 | 6;
  /** Groups of 16 bits: two for version 4, eight for version 6. */
  readonly groups: readonly number[];
  readonly prefixLength: number;
}

/** Reads `address/length`, or a single address; null when it is neither. */
export function parseNetwork(text: string): Network | null {
  const [address = '', length, ...rest] = text.trim().split('/');
  const groups = parseAddress(address);
  if (groups === null || rest.length > 0) return null;
  const bits = groups.length * 16;
  const given = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  const isMapped = bits === 32 && length !== undefined && address.includes(':');
  const prefixLength = isMapped ? given - MAPPED_BITS : given;
  if (!(prefixLength >= 0 && prefixLength <= bits)) return null;
  return { version: groups.length === 2 ? 4 : 6, groups, prefixLength };
}

/** Bits of an IPv6 address before the IPv4 address that it maps (RFC 4291, 2.5.5.2). */
const MAPPED_BITS = 96;

/** True when `text` is an address inside `network`. An IPv4 address in IPv6 form counts as IPv4. */
export function isInNetwork(text: string, network: Network): boolean {
  const groups = parseAddress(text);
  if (groups?.length !== network.groups.length) return false;
  let bits = network.prefixLength;
  for (let index = 0; bits > 0; index++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff;
    if ((((groups[index] ?? 0) ^ (network.groups[index] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

/** Longest text that an address can have, with a zone name of 15 characters (IF_NAMESIZE). */
const MAX_ADDRESS_CHARS = 62;

/** Groups of 16 bits of an IPv4 (2) or IPv6 (8) address; null when `text` is neither. */
function parseAddress(text: string): readonly number[] | null {
  if (text.length > MAX_ADDRESS_CHARS) return null;
  if (!text.includes(':')) return parseVersion4(text);
  const [address = ''] = text.split('%');
  const groups = parseVersion6(address);
  const isMapped =
    groups !== null && groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? groups.slice(6) : groups;
}

function parseVersion4(text: string): readonly number[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  // Some read a leading zero as octal: an address with one is none, as for inet_pton (RFC 6943, 3.1.1).
  if (match === null || /(?:^|\.)0\d/.test(text)) return null;
  const [a = 256, b = 256, c = 256, d = 256] = match.slice(1).map(Number);
  return Math.max(a, b, c, d) > 255 ? null : [(a << 8) | b, (c << 8) | d];
}

function parseVersion6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const isWhole = halves.length === 1;
  const head = parseGroups(halves[0] ?? '', isWhole);
  const tail = isWhole ? [] : parseGroups(halves[1] ?? '', true);
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (isWhole ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** @param isEnd the last 32 bits may be written as an IPv4 address. */
function parseGroups(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const version4 = isEnd && index === parts.length - 1 ? parseVersion4(part) : null;
    if (version4 !== null) groups.push(...version4);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
