import { extname, join, sep } from 'node:path';

/** Scheme and host of our page. Own scheme instead of file://, which may read any file (Electron checklist 18). */
export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'harrier';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/**
 * Hosts whose pages may be opened in the system's browser: where ATT&CK, Sigma rules and vulnerabilities are
 * explained. Fixed, because rule references and log content are other people's text.
 */
const REFERENCE_HOSTS: ReadonlySet<string> = new Set([
  'attack.mitre.org',
  'd3fend.mitre.org',
  'sigmahq.io',
  'github.com',
  'nvd.nist.gov',
  'www.cve.org',
  'learn.microsoft.com',
]);

/** True for an address of our own page: the only one that a window may show or a call may come from. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  // Not `origin`: Node gives "null" for schemes that it does not know.
  return (
    url?.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** True for a reference that may be opened in the system's browser, after the analyst confirmed it. */
export function isAllowedReference(address: string): boolean {
  const url = parse(address);
  if (url?.protocol !== 'https:') return false;
  return REFERENCE_HOSTS.has(url.host) && url.username === '' && url.password === '';
}

/**
 * The file of the built page that an address names; null when it is not ours or leads out of `root`. A path
 * without an extension is a screen of the page and gives index.html.
 */
export function resolvePageFile(address: string, root: string): string | null {
  if (!isOwnPage(address)) return null;
  const path = decode(new URL(address).pathname);
  // Backslash: a separator on Windows. NUL: ends the name inside the system. Colon: an alternate data stream.
  if (path === null || /[\\\0:]/.test(path)) return null;
  const file = join(root, extname(path) === '' ? 'index.html' : path);
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : null;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Content type by extension; what the build never makes is not guessed at (nosniff is set). */
export function contentTypeOf(file: string): string {
  return CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
