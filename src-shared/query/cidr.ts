/** A network: the address as written and how many leading bits count. */
export interface Network {
  readonly address: string;
  readonly bits: number;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Reads `10.0.0.0/8` or `2001:db8::/32`; null when it is not a network. */
export function parseNetwork(text: string): Network | null {
  const slash = text.lastIndexOf('/');
  if (slash < 0 || !/^\d{1,3}$/.test(text.slice(slash + 1))) return null;
  const address = text.slice(0, slash);
  const bits = Number(text.slice(slash + 1));
  const bytes = parseAddress(address);
  if (bytes === null) return null;
  return bits <= (IPV4.test(address) ? 32 : 128) ? { address, bits } : null;
}

/** True when `text` is an address inside the network. IPv4 and its IPv6-mapped form are the same address. */
export function isInNetwork(text: string, network: Network): boolean {
  const address = parseAddress(text);
  const base = parseAddress(network.address);
  if (address === null || base === null) return false;
  const bits = IPV4.test(network.address) ? network.bits + 96 : network.bits;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (address[index] !== base[index]) return false;
  if (bits % 8 === 0) return true;
  const mask = 0xff00 >> (bits % 8);
  return ((address[whole] ?? 0) & mask) === ((base[whole] ?? 0) & mask);
}

/** The 16 bytes of an IPv4 (mapped, RFC 4291 section 2.5.5.2) or IPv6 address; null when it is neither. */
export function parseAddress(text: string): Uint8Array | null {
  if (text.length > 45 || text.length < 2) return null;
  const bytes = new Uint8Array(16);
  if (IPV4.test(text)) {
    bytes[10] = 0xff;
    bytes[11] = 0xff;
    return putIpv4(text, bytes, 12) ? bytes : null;
  }
  return text.includes(':') ? parseIpv6(text, bytes) : null;
}

function parseIpv6(text: string, bytes: Uint8Array): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? '');
  const tail = groups(halves[1] ?? '');
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null;
  bytes.set(head, 0);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

function groups(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const ipv4 = new Uint8Array(4);
      if (!putIpv4(part, ipv4, 0)) return null;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(part)) return null;
      const value = parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes.length <= 16 ? bytes : null;
}

function putIpv4(text: string, bytes: Uint8Array, at: number): boolean {
  const match = IPV4.exec(text);
  if (match === null) return false;
  for (let index = 0; index < 4; index += 1) {
    const octet = Number(match[index + 1]);
    if (octet > 255) return false;
    bytes[at + index] = octet;
  }
  return true;
}
