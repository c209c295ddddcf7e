import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SourceOffset } from '../../pipeline/batch.ts';
import { discover, isMissing, reasonOf, siblingsByKey, type Discovered } from './discovery.ts';
import { fileKeyOf } from './fingerprint.ts';
import { FollowedFile } from './followed-file.ts';

export interface FollowedSetOptions {
  readonly sourceId: string;
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly offsets: readonly SourceOffset[];
  readonly nowMs: () => number;
  /** Tells an operator what happened to a path: the sentence goes on after it. */
  readonly report: (code: string, path: string, whatHappened: string) => void;
}

export interface TailedPath {
  readonly path: string;
  /** `draining`: no followed path leads to it any more, its last lines are being read. */
  readonly state: 'following' | 'draining' | 'missing' | 'unreadable';
  readonly offset: number;
  /** Bytes of a last line that has no newline yet: held, and not counted as read. */
  readonly unfinishedBytes: number;
}

/** Open files; the usual limit of descriptors of one process is 1,024 on Linux, and the store needs some. */
export const MAX_FILES = 512;

/** Positions of dropped files, kept in case a file comes back (an unplugged disk): 10,000 are under 3 MB. */
const MAX_REMEMBERED = 10_000;

/** The files that are open, by their identity on disk, and where each one is to be read from. */
export class FollowedSet {
  readonly #options: FollowedSetOptions;
  readonly #files = new Map<string, FollowedFile>();
  readonly #positions = new Map<string, SourceOffset>();
  /** Paths that were not there or could not be read in the last pass. */
  #absent = new Map<string, 'missing' | 'unreadable'>();
  /** The same of the pass before: what was already reported. */
  #absentBefore: ReadonlyMap<string, string> = new Map();
  #overLimit = false;

  constructor(options: FollowedSetOptions) {
    this.#options = options;
    for (const stored of options.offsets) {
      if (stored.offset > 0) this.#positions.set(stored.fileKey, stored);
    }
  }

  /** True when more files match than may be open; the rest is not followed. */
  get overLimit(): boolean {
    return this.#overLimit;
  }

  /** Files that were renamed while nobody looked: they are opened again to read their last lines. */
  async findRenamed(): Promise<void> {
    const found = await discover(this.#options.paths, this.#options.exclude);
    const known = new Set(found.map((one) => (one.state === 'file' ? one.key : '')));
    const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();
    for (const stored of this.#positions.values()) {
      if (known.has(stored.fileKey)) continue;
      const folder = dirname(stored.path);
      const siblings = folders.get(folder) ?? siblingsByKey(folder);
      folders.set(folder, siblings);
      const path = (await siblings).get(stored.fileKey);
      if (path === undefined || this.#files.size >= MAX_FILES) continue;
      const file = await this.#open(path, 'only_resumed');
      if (file !== null) file.goneSinceMs = this.#options.nowMs();
    }
  }

  /** Looks at every path: opens what is new, and notes which files no path leads to any more. */
  async refresh(): Promise<void> {
    const seen = new Set<string>();
    this.#overLimit = false;
    this.#absentBefore = this.#absent;
    this.#absent = new Map();
    for (const one of await discover(this.#options.paths, this.#options.exclude)) {
      const file = one.state === 'file' ? await this.#find(one.key, one.path) : this.#markAbsent(one);
      if (file === null) continue;
      seen.add(file.fileKey);
      file.path = one.path;
      file.goneSinceMs = null;
    }
    for (const file of this.#files.values()) {
      if (!seen.has(file.fileKey)) file.goneSinceMs ??= this.#options.nowMs();
    }
  }

  /** The open files, rotated ones first: their lines are older. */
  inOrder(): FollowedFile[] {
    return [...this.#files.values()].sort(
      (a, b) => Number(a.goneSinceMs === null) - Number(b.goneSinceMs === null),
    );
  }

  paths(): readonly TailedPath[] {
    const open = [...this.#files.values()].map((file) => ({
      path: file.path,
      state: file.goneSinceMs === null ? ('following' as const) : ('draining' as const),
      offset: file.offset,
      unfinishedBytes: file.unfinishedBytes,
    }));
    const absent = [...this.#absent].map(([path, state]) => ({ path, state, offset: 0, unfinishedBytes: 0 }));
    return [...open, ...absent];
  }

  /** Closes a file and remembers where to go on, should it come back. */
  async forget(file: FollowedFile): Promise<void> {
    this.#files.delete(file.fileKey);
    this.#positions.delete(file.fileKey);
    if (file.offset > 0) this.#positions.set(file.fileKey, file.position());
    const [oldest] = this.#positions.keys();
    if (oldest !== undefined && this.#positions.size > MAX_REMEMBERED) this.#positions.delete(oldest);
    await file.close().catch(() => undefined);
  }

  /** A failing disk, an unmounted share: lets go, to continue at the same offset when it is back. */
  async failed(file: FollowedFile, error: unknown): Promise<void> {
    this.#markAbsent({ state: 'unreadable', path: file.path, reason: reasonOf(error) });
    await this.forget(file);
  }

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
    this.#files.clear();
  }

  async #find(key: string, path: string): Promise<FollowedFile | null> {
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    if (this.#files.size < MAX_FILES) return this.#open(path, 'any');
    this.#overLimit = true;
    return null;
  }

  async #open(path: string, which: 'any' | 'only_resumed'): Promise<FollowedFile | null> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      return this.#markAbsent(
        isMissing(error)
          ? { state: 'missing', path }
          : { state: 'unreadable', path, reason: reasonOf(error) },
      );
    }
    const { sourceId, nowMs, report } = this.#options;
    // The key of what was opened, not of what the path named a moment ago.
    const fileKey = fileKeyOf(await handle.stat({ bigint: true }));
    const known = this.#files.get(fileKey);
    if (known !== undefined) {
      await handle.close();
      return known;
    }
    const file = new FollowedFile({ sourceId, fileKey, path, file: handle, nowMs });
    const stored = this.#positions.get(fileKey);
    const resumed = stored !== undefined && (await file.resumeAt(stored));
    if (!resumed && which === 'only_resumed') {
      await file.close();
      return null;
    }
    if (stored !== undefined && !resumed) {
      report('file_replaced', path, 'is not the file known under its inode; it is read from its start.');
    }
    this.#files.set(fileKey, file);
    return file;
  }

  #markAbsent(one: Exclude<Discovered, { state: 'file' }>): null {
    this.#absent.set(one.path, one.state);
    if (this.#absentBefore.get(one.path) === one.state) return null;
    if (one.state === 'missing') {
      this.#options.report('file_missing', one.path, 'is missing; it is followed when it is there.');
    } else {
      this.#options.report('file_unreadable', one.path, `cannot be read: ${one.reason}. It is tried again.`);
    }
    return null;
  }
}
