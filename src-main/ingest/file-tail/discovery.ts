import { glob, readdir, stat } from 'node:fs/promises';
import { dirname, join, matchesGlob, resolve } from 'node:path';
import { fileKeyOf } from './fingerprint.ts';

/** A path that matches what the analyst asked for, and what is there. */
export type Discovered =
  | { readonly state: 'file'; readonly path: string; readonly key: string; readonly sizeBytes: number }
  | { readonly state: 'missing'; readonly path: string }
  | { readonly state: 'unreadable'; readonly path: string; readonly reason: string };

/** Entries of one folder that a search for a rotated file looks at: a log folder with more is no log folder. */
const MAX_FOLDER_ENTRIES = 10_000;

/** True for a pattern; a path without these characters is taken literally, and missed when it is not there. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/**
 * The files that `patterns` name now, sorted by path, each once; what matches one of `exclude` is left out.
 * Only regular files: a pipe or a device has no offset to come back to.
 */
export async function discover(
  patterns: readonly string[],
  exclude: readonly string[],
): Promise<Discovered[]> {
  const literal = new Set(patterns.filter((pattern) => !isGlob(pattern)).map((path) => resolve(path)));
  const paths = new Set(literal);
  for (const pattern of patterns.filter(isGlob)) {
    for await (const match of glob(pattern)) paths.add(resolve(match));
  }
  const found: Discovered[] = [];
  for (const path of [...paths].sort()) {
    if (exclude.some((pattern) => matchesGlob(path, resolve(pattern)))) continue;
    const one = await look(path);
    // A match of a glob that vanished meanwhile was not asked for by name: nobody misses it.
    if (one !== null && (one.state !== 'missing' || literal.has(path))) found.push(one);
  }
  return found;
}

async function look(path: string): Promise<Discovered | null> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) return null;
    return { state: 'file', path, key: fileKeyOf(found), sizeBytes: Number(found.size) };
  } catch (error) {
    return isMissing(error)
      ? { state: 'missing', path }
      : { state: 'unreadable', path, reason: reasonOf(error) };
  }
}

/** Paths of the files of a folder, by key: where a file that was renamed while nobody looked may be now. */
export async function siblingsByKey(folder: string): Promise<ReadonlyMap<string, string>> {
  const siblings = new Map<string, string>();
  const names = await readdir(folder).catch(() => []);
  for (const name of names.slice(0, MAX_FOLDER_ENTRIES)) {
    const one = await look(join(folder, name));
    if (one?.state === 'file') siblings.set(one.key, one.path);
  }
  return siblings;
}

/** Folders whose changes may concern `pattern`: the one that holds the file, or the fixed part of a glob. */
export function watchedFolder(pattern: string): string {
  let folder = resolve(pattern);
  do folder = dirname(folder);
  while (isGlob(folder));
  return folder;
}

/** The file, or a folder on the way to it, is not there. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What an error says of itself, for a notice. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
