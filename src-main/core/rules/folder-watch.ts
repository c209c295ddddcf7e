import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WatchedPath } from '../../pipeline/rule-commands.ts';

/**
 * Where the system itself watches a tree. On Linux, Node's `recursive` walks the tree at once and watches each file:
 * 332 ms of the core's thread and 31 MB for SigmaHQ. One watch a folder tells the same.
 */
const WATCHES_TREES = process.platform === 'darwin' || process.platform === 'win32';

/** Folders watched below one path; SigmaHQ has 570. Beyond, changes are found by polling. */
const MAX_FOLDERS = 2_000;

interface Folder {
  readonly path: string;
  readonly inode: number;
}

interface WatchedFolder {
  readonly watcher: FSWatcher;
  readonly inode: number;
}

/**
 * Tells that something may have changed below some paths, as far as the system reports it. It is a hint and no more:
 * network shares report nothing, links are not followed, and a watch ends with the folder that it was put on.
 */
export class FolderWatch {
  readonly #paths: readonly string[];
  readonly #onHint: () => void;
  readonly #watched = new Map<string, WatchedFolder>();
  /** Paths below which everything is watched. */
  readonly #whole = new Set<string>();
  #isClosed = false;

  constructor(paths: readonly string[], onHint: () => void) {
    this.#paths = paths;
    this.#onHint = onHint;
  }

  /** Watches what is not watched yet: at the start, and when folders were added or came back. */
  async renew(): Promise<void> {
    for (const path of this.#paths) {
      const folders = await foldersOf(path);
      // All of them, also when one fails: what is watched is noticed sooner.
      const watched = (folders ?? []).filter((folder) => this.#watch(folder));
      if (folders !== null && watched.length === folders.length) this.#whole.add(path);
      else this.#whole.delete(path);
    }
  }

  status(): readonly WatchedPath[] {
    return this.#paths.map((path) => ({ path, how: this.#whole.has(path) ? 'events' : 'polling' }));
  }

  close(): void {
    this.#isClosed = true;
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  /** False when the system gives no watch: the folder is gone, or there are no more of them. */
  #watch({ path, inode }: Folder): boolean {
    const known = this.#watched.get(path);
    if (known?.inode === inode) return true;
    if (this.#isClosed) return false;
    // Another folder has taken the place of the one that is watched.
    known?.watcher.close();
    this.#watched.delete(path);
    try {
      const watcher = watch(path, { recursive: WATCHES_TREES, persistent: false });
      watcher.on('change', () => this.#onHint());
      watcher.on('error', () => {
        watcher.close();
        this.#watched.delete(path);
      });
      this.#watched.set(path, { watcher, inode });
      return true;
    } catch {
      // Polling finds the changes, only later.
      return false;
    }
  }
}

/** The folders to watch for one path; null when it cannot be watched as a whole. */
async function foldersOf(path: string): Promise<readonly Folder[] | null> {
  try {
    const paths = await treeOf(path);
    if (paths.length > MAX_FOLDERS) return null;
    return await Promise.all(paths.map(async (one) => ({ path: one, inode: (await stat(one)).ino })));
  } catch {
    return null;
  }
}

async function treeOf(path: string): Promise<readonly string[]> {
  // An editor replaces a file, and with it the watch: its folder keeps it.
  if (!(await stat(path)).isDirectory()) return [dirname(path)];
  if (WATCHES_TREES) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return [path, ...folders.map(({ parentPath, name }) => join(parentPath, name))];
}
