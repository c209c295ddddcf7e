import { isIPv4, isIPv6 } from 'node:net';
import type { EntityType } from '#shared/model/entity.ts';

/** A thing in the one spelling under which it is counted, before it has an id. */
export interface CanonicalName {
  readonly type: EntityType;
  readonly value: string;
}

/** Longest value kept as an entity: Windows paths reach 32,767 characters, an entity that long helps nobody. */
const MAX_VALUE_LENGTH = 1024;

/** What logs write where they have nothing to say. */
const NOTHING = new Set(['', '-', 'n/a', 'none', 'null', '(null)', '(none)', 'unknown', 'local', '?', '*']);

/**
 * Accounts of the operating system itself, in English: every event of a host has them, so they join everything
 * to everything. Machine accounts (`ws-014$`) stay: attacks on Kerberos and the directory use them.
 */
const SYSTEM_ACCOUNTS = new Set([
  'system',
  'localsystem',
  'local service',
  'network service',
  'anonymous logon',
  'iusr',
  'window manager',
  'font driver host',
]);
/** Accounts that Windows makes per session (desktop window manager, user-mode font driver). */
const SESSION_ACCOUNT = /^(?:dwm|umfd)-\d+$/;

const LOOPBACK_HOSTS = new Set(['localhost', 'localhost.localdomain', 'localhost6']);
const UNSPECIFIED_ADDRESSES = new Set(['0.0.0.0', '::', '::1', '255.255.255.255']);

function nothing(text: string): boolean {
  return text.length > MAX_VALUE_LENGTH || NOTHING.has(text);
}

/** IPv4 dotted or IPv6 compressed (RFC 5952); an IPv4-mapped address is the IPv4 one. Loopback is no entity. */
export function canonicalAddress(text: string): CanonicalName | null {
  let address = text.trim();
  if (/^::ffff:\d/i.test(address)) address = address.slice('::ffff:'.length);
  if (isIPv4(address)) {
    return address.startsWith('127.') || UNSPECIFIED_ADDRESSES.has(address)
      ? null
      : { type: 'ipv4', value: address };
  }
  const zone = address.indexOf('%');
  if (zone !== -1) address = address.slice(0, zone);
  if (!isIPv6(address)) return null;
  // The URL parser serialises IPv6 exactly as RFC 5952 asks.
  const value = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  return UNSPECIFIED_ADDRESSES.has(value) ? null : { type: 'ipv6', value };
}

/** Account in lower case without its domain: `CORP\Admin`, `admin@corp.test` and `admin` are one. */
export function canonicalUser(text: string): CanonicalName | null {
  let name = text.trim().toLowerCase();
  // Group changes name members by distinguished name: CN=analyst,CN=Users,DC=example,DC=test.
  if (name.startsWith('cn=')) name = name.slice('cn='.length).split(',', 1)[0] ?? '';
  name = name.slice(name.lastIndexOf('\\') + 1);
  const at = name.indexOf('@');
  if (at > 0) name = name.slice(0, at);
  if (nothing(name) || SYSTEM_ACCOUNTS.has(name) || SESSION_ACCOUNT.test(name)) return null;
  // Security identifiers name no account that an analyst knows.
  return name.startsWith('s-1-') ? null : { type: 'user', value: name };
}

/** Host name in lower case without UNC slashes or final dot; an address given as a host is an address. */
export function canonicalHost(text: string): CanonicalName | null {
  let name = text.trim().toLowerCase();
  while (name.startsWith('\\')) name = name.slice(1);
  if (name.endsWith('.')) name = name.slice(0, -1);
  if (nothing(name) || LOOPBACK_HOSTS.has(name) || /[\s/]/.test(name)) return null;
  return canonicalAddress(name) ?? (name.includes(':') ? null : { type: 'host', value: name });
}

/** Characters of a DNS name as logs show it (underscores occur in service names), at least two labels. */
const DOMAIN_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;

/** DNS name in lower case without the final dot. Names of one label and reverse look-ups are no domain. */
export function canonicalDomain(text: string): CanonicalName | null {
  let name = text.trim().toLowerCase();
  if (name.endsWith('.')) name = name.slice(0, -1);
  if (name.length > 253 || name.endsWith('.arpa') || isIPv4(name) || !DOMAIN_NAME.test(name)) return null;
  return { type: 'domain', value: name };
}

const WINDOWS_PATH = /^(?:[a-z]:\\|\\\\|\\device\\)/i;

/** Absolute path; Windows paths in lower case because their file system compares so. */
export function canonicalFile(text: string): CanonicalName | null {
  const path = text.trim();
  if (nothing(path)) return null;
  if (WINDOWS_PATH.test(path)) return { type: 'file', value: path.toLowerCase() };
  return path.startsWith('/') && path.length > 1 ? { type: 'file', value: path } : null;
}

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** MD5, SHA-1 or SHA-256 in lower-case hex. */
export function canonicalHash(text: string): CanonicalName | null {
  const value = text.trim().toLowerCase();
  return HASH.test(value) && !/^0+$/.test(value) ? { type: 'hash', value } : null;
}

/** URL with scheme and host, scheme and host in lower case, without fragment. */
export function canonicalUrl(text: string): CanonicalName | null {
  if (text.length > MAX_VALUE_LENGTH || !/^(?:https?|ftp):\/\//i.test(text) || !URL.canParse(text))
    return null;
  const url = new URL(text);
  url.hash = '';
  return { type: 'url', value: url.href };
}

/** `name:pid:host`, the name being the file's, lower case on Windows. Null without a name or a process id. */
export function processName(image: string, pid: string | number, host: string): CanonicalName | null {
  const windows = image.includes('\\');
  const file = image.slice(Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/')) + 1);
  if (nothing(file) || pid === '' || pid === '-') return null;
  return { type: 'process', value: `${windows ? file.toLowerCase() : file}:${pid}:${host.toLowerCase()}` };
}
