import { hash } from 'node:crypto';

const HEX_DIGITS_OF_UUID = 32;

/** Name-based UUID, version 5 (RFC 9562 section 5.5): SHA-1 over the namespace's 16 bytes and the name in UTF-8. */
export function uuid5(namespace: string, name: string): string {
  const prefix = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const digest = hash('sha1', Buffer.concat([prefix, Buffer.from(name, 'utf8')]), 'hex');
  const hex = digest.slice(0, HEX_DIGITS_OF_UUID);
  // Version nibble 5; variant bits 10 in the top of the ninth byte.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
