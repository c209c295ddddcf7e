import { readFileSync } from 'node:fs';
import { installPath } from '../platform/install-path.ts';

/** Harrier's version, from package.json. */
export function version(): string {
  // Our own package.json, written by us: only its version is read.
  const manifest = JSON.parse(readFileSync(installPath('package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
