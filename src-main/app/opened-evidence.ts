import { isAbsolute, resolve } from 'node:path';

/** Paths of one start or one drop; the page is not asked to take more (see page-messages). */
const MAX_PATHS = 1_000;

/**
 * Evidence named on a command line, as absolute paths: `arguments_` without the executable (and without the
 * app's folder in a development start). Options are left out, Chromium adds its own; so is what does not exist.
 */
export function evidenceFromArguments(
  arguments_: readonly string[],
  workingFolder: string,
  exists: (path: string) => boolean,
): string[] {
  const paths: string[] = [];
  for (const argument of arguments_) {
    if (argument === '' || argument.startsWith('-')) continue;
    const path = isAbsolute(argument) ? argument : resolve(workingFolder, argument);
    if (exists(path)) paths.push(path);
    if (paths.length === MAX_PATHS) break;
  }
  return paths;
}

/**
 * Evidence that the system asked us to open and the page has not fetched yet. Kept here because the request may
 * come before there is a page, and must survive its reload.
 */
export class OpenedEvidence {
  readonly #announce: () => void;
  #paths: string[] = [];

  /** `announce` tells the page, if there is one, that something waits. */
  constructor(announce: () => void) {
    this.#announce = announce;
  }

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#paths = [...this.#paths, ...paths].slice(0, MAX_PATHS);
    this.#announce();
  }

  /** What waits, once. */
  take(): string[] {
    const paths = this.#paths;
    this.#paths = [];
    return paths;
  }
}
