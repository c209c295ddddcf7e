import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What decides whether a window can be opened here. */
export interface DesktopSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly arguments: readonly string[];
}

/**
 * Why no window can be opened, as the end of a sentence; null when one can. Only what can be known without
 * Electron's binary, so that nothing is fetched for a machine that could not show a window anyway.
 */
export function whyNoWindow({
  platform,
  environment,
  isRoot,
  arguments: given,
}: DesktopSurroundings): string | null {
  if (platform !== 'linux') return null;
  if (!isSet(environment.DISPLAY) && !isSet(environment.WAYLAND_DISPLAY)) return 'there is no display';
  // Chromium refuses to run as root with its sandbox; without it, hostile log content would meet less in its way.
  if (isRoot && !given.includes('--no-sandbox'))
    return 'Electron does not run as root (add --no-sandbox to do it all the same)';
  return null;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/**
 * Electron's executable inside its package, by the package's own record of it (path.txt); null when the binary
 * was never fetched. `packageFile` is the package's package.json. The package's main module must not be loaded
 * to find out: loading it downloads what is missing.
 */
export function electronBinary(packageFile: string, overrideDist: string | undefined): string | null {
  const folder = dirname(packageFile);
  const record = join(folder, 'path.txt');
  const name = existsSync(record) ? readFileSync(record, 'utf8').trim() : overrideDist && 'electron';
  if (name === undefined || name === '') return null;
  const binary = join(overrideDist ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
