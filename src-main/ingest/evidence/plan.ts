import { constants } from 'node:fs';
import { access, lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ioReason } from './io-reason.ts';
import { MAX_FILES, MAX_FOLDER_DEPTH } from './limits.ts';

/** One file to read. Plain data: it crosses threads. */
export interface EvidenceInput {
  readonly path: string;
  /** Size when it was planned; what is read counts. */
  readonly sizeBytes: number;
}

/** A path that will not be read, and why. */
export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
}

export interface EvidencePlan {
  /** In the order of the paths given, folders in the order of their names: the same evidence, the same plan. */
  readonly inputs: readonly EvidenceInput[];
  readonly unreadable: readonly SkippedPath[];
  /** Left out on purpose: symbolic links inside folders. */
  readonly skipped: readonly SkippedPath[];
}

/**
 * Lists the files behind `paths`: files, and folders with everything in them, hidden files included. A symbolic
 * link is followed where the caller named it, never inside a folder: evidence may point out of its own tree.
 */
export async function planEvidence(paths: readonly string[]): Promise<EvidencePlan> {
  const planner = new Planner();
  for (const path of paths) await planner.add(path);
  return planner;
}

class Planner implements EvidencePlan {
  readonly inputs: EvidenceInput[] = [];
  readonly unreadable: SkippedPath[] = [];
  readonly skipped: SkippedPath[] = [];
  /** Absolute paths planned already: naming a file and its folder reads it once. */
  readonly #seen = new Set<string>();
  /** Device and inode of the folders walked: a mount can make a folder its own descendant. */
  readonly #folders = new Set<string>();
  #full = false;

  async add(path: string): Promise<void> {
    await this.#attempt(path, async () => {
      const status = await stat(path);
      if (status.isDirectory()) await this.#walk(path, 1);
      else await this.#file(path, status.isFile(), status.size);
    });
  }

  async #walk(folder: string, depth: number): Promise<void> {
    const status = await stat(folder, { bigint: true });
    const identity = `${status.dev}:${status.ino}`;
    if (this.#folders.has(identity)) return;
    this.#folders.add(identity);
    if (depth > MAX_FOLDER_DEPTH) {
      const reason = `it lies more than ${MAX_FOLDER_DEPTH} folders deep; name it to read it`;
      this.unreadable.push({ path: folder, reason });
      return;
    }
    const names = (await readdir(folder)).sort(byCodeUnits);
    for (const name of names) {
      const path = join(folder, name);
      await this.#attempt(path, () => this.#member(path, depth));
    }
  }

  async #member(path: string, depth: number): Promise<void> {
    const status = await lstat(path);
    if (status.isSymbolicLink()) {
      this.skipped.push({ path, reason: 'it is a symbolic link; links inside folders are not followed' });
    } else if (status.isDirectory()) {
      await this.#walk(path, depth + 1);
    } else {
      await this.#file(path, status.isFile(), status.size);
    }
  }

  async #file(path: string, isFile: boolean, sizeBytes: number): Promise<void> {
    const absolute = resolve(path);
    if (this.#seen.has(absolute) || this.#full) return;
    if (this.#seen.size >= MAX_FILES) {
      this.#full = true;
      this.unreadable.push({
        path,
        reason: `there are more than ${MAX_FILES} files; import the rest on its own`,
      });
      return;
    }
    this.#seen.add(absolute);
    if (!isFile) {
      this.unreadable.push({ path, reason: 'it is a device, pipe or socket, not a file' });
      return;
    }
    await access(path, constants.R_OK);
    this.inputs.push({ path, sizeBytes });
  }

  async #attempt(path: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.unreadable.push({ path, reason: ioReason(error) });
    }
  }
}

/** The same order whatever the locale of the machine. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
