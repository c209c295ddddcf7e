import { open, type FileHandle } from 'node:fs/promises';
import type { SourceOffset } from '../../pipeline/batch.ts';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import {
  MAX_OFFER_RECORDS,
  type ReceivedRecord,
  type ReceiverContext,
  type ReceiverHandle,
  type ReceiverNotice,
} from '../receiver.ts';
import { discover, isMissing, reasonOf, siblingsByKey, type Discovered } from './discovery.ts';
import { fileKeyOf } from './fingerprint.ts';
import { FollowedFile } from './followed-file.ts';
import { PassSchedule } from './pass-schedule.ts';

export interface FileTailOptions {
  /** Paths, or simple globs (`/var/log/app/*.log`). */
  readonly paths: readonly string[];
  /** Globs to leave out. Copies that `copytruncate` makes must be, or their lines come twice. */
  readonly exclude?: readonly string[];
  /** What the store holds for this source: reading goes on behind it. */
  readonly offsets: readonly SourceOffset[];
  /** How long a file that was renamed away or deleted is still read, after its last growth. */
  readonly rotateWaitMs?: number;
  readonly pollMs?: number;
}

export interface TailedPath {
  readonly path: string;
  /** `draining`: no followed path leads to it any more, its last lines are being read. */
  readonly state: 'following' | 'draining' | 'missing' | 'unreadable';
  readonly offset: number;
  /** Bytes of a last line that has no newline yet: held, and not counted as read. */
  readonly unfinishedBytes: number;
}

export interface FileTailHandle extends ReceiverHandle {
  files(): readonly TailedPath[];
}

/** A writer may take this long to reopen its log after a rotation: reliability.md F17. */
const ROTATE_WAIT_MS = 10_000;

/** The fall-back where the system reports no changes (network shares); also what notices a missing path again. */
const POLL_MS = 250;

/** Open files; the usual limit of descriptors of one process is 1,024 on Linux, and the store needs some. */
const MAX_FILES = 512;

/** Positions of dropped files, kept in case a file comes back (an unplugged disk): 10,000 are under 3 MB. */
const MAX_REMEMBERED = 10_000;

const READ_BYTES = 256 * 1024;

/** Reads of one file in one pass: the others get their turn after 4 MiB. */
const READS_PER_TURN = 16;

/**
 * Follows files: every complete line becomes one record, exactly once per (file, offset), across rotations,
 * truncations and restarts. See the room's README for what each kind of rotation can and cannot promise.
 */
export async function startFileTail(
  options: FileTailOptions,
  context: ReceiverContext,
): Promise<FileTailHandle> {
  const tail = new FileTail(options, context);
  await tail.findRenamed();
  const schedule = new PassSchedule({
    patterns: options.paths,
    pollMs: options.pollMs ?? POLL_MS,
    pass: () => tail.pass(),
    failed: (error) =>
      context.notify({
        level: 'error',
        code: 'tail_failed',
        message: 'Following files failed for a moment; it is tried again.',
        fields: { error: reasonOf(error) },
      }),
  });
  schedule.start();
  let stopped: Promise<void> | null = null;
  return {
    held: () => tail.held,
    files: () => tail.files(),
    status: () => tail.status(),
    stop: () => (stopped ??= schedule.stop().then(() => tail.close())),
  };
}

class FileTail {
  readonly #options: FileTailOptions;
  readonly #context: ReceiverContext;
  readonly #files = new Map<string, FollowedFile>();
  readonly #positions = new Map<string, SourceOffset>();
  readonly #buffer = new Uint8Array(READ_BYTES);
  /** Paths that were not there or could not be read in the last pass. */
  #absent = new Map<string, 'missing' | 'unreadable'>();
  /** The same of the pass before: what was already reported. */
  #absentBefore: ReadonlyMap<string, string> = new Map();
  #held = 0;
  #lastRecordMs: number | null = null;
  #overLimit = false;

  constructor(options: FileTailOptions, context: ReceiverContext) {
    this.#options = options;
    this.#context = context;
    for (const stored of options.offsets) {
      if (stored.offset > 0) this.#positions.set(stored.fileKey, stored);
    }
  }

  get held(): number {
    return this.#held;
  }

  /** Files that were renamed while nobody looked: their last lines are read first, then they are dropped. */
  async findRenamed(): Promise<void> {
    const found = await discover(this.#options.paths, this.#options.exclude ?? []);
    const known = new Set(found.map((one) => (one.state === 'file' ? one.key : '')));
    for (const stored of this.#options.offsets) {
      if (known.has(stored.fileKey)) continue;
      const path = (await siblingsByKey(stored.path)).get(stored.fileKey);
      if (path === undefined) continue;
      const file = await this.#open(path, 'only_resumed');
      if (file !== null) file.goneSinceMs = this.#context.nowMs();
    }
  }

  /** One look at every path and file. True when a file has more to read at once. */
  async pass(): Promise<boolean> {
    const found = await discover(this.#options.paths, this.#options.exclude ?? []);
    await this.#follow(found);
    let more = false;
    // Rotated files first: their lines are older.
    const inOrder = [...this.#files.values()].sort(
      (a, b) => Number(a.goneSinceMs === null) - Number(b.goneSinceMs === null),
    );
    for (const file of inOrder) more = (await this.#advance(file)) || more;
    return more;
  }

  files(): readonly TailedPath[] {
    const open = [...this.#files.values()].map((file) => ({
      path: file.path,
      state: file.goneSinceMs === null ? ('following' as const) : ('draining' as const),
      offset: file.offset,
      unfinishedBytes: file.unfinishedBytes,
    }));
    const absent = [...this.#absent].map(([path, state]) => ({ path, state, offset: 0, unfinishedBytes: 0 }));
    return [...open, ...absent];
  }

  status(): ReceiverStatus {
    const absent = [...this.#absent].map(([path, state]) => ` ${path} is ${state}.`).join('');
    const limit = this.#overLimit ? ` More than ${MAX_FILES} files match; the rest is not followed.` : '';
    return {
      name: 'file-tail',
      state: absent === '' && limit === '' ? 'ok' : 'degraded',
      detail: `Following ${this.#files.size} files.${absent}${limit}`,
      lastEventTs: this.#lastRecordMs,
    };
  }

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
    this.#files.clear();
  }

  async #follow(found: readonly Discovered[]): Promise<void> {
    const seen = new Set<string>();
    this.#overLimit = false;
    this.#absentBefore = this.#absent;
    this.#absent = new Map();
    for (const one of found) {
      if (one.state !== 'file') {
        this.#markAbsent(one);
        continue;
      }
      const file = this.#files.get(one.key) ?? (await this.#openUnlessFull(one.path));
      if (file === null) continue;
      seen.add(file.fileKey);
      file.path = one.path;
      file.goneSinceMs = null;
    }
    for (const file of this.#files.values()) {
      if (!seen.has(file.fileKey)) file.goneSinceMs ??= this.#context.nowMs();
    }
  }

  #openUnlessFull(path: string): Promise<FollowedFile | null> {
    if (this.#files.size < MAX_FILES) return this.#open(path, 'any');
    this.#overLimit = true;
    return Promise.resolve(null);
  }

  async #open(path: string, which: 'any' | 'only_resumed'): Promise<FollowedFile | null> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      this.#markAbsent(
        isMissing(error)
          ? { state: 'missing', path }
          : { state: 'unreadable', path, reason: reasonOf(error) },
      );
      return null;
    }
    const { sourceId, nowMs } = this.#context;
    // The key of what was opened, not of what the path named a moment ago.
    const fileKey = fileKeyOf(await handle.stat({ bigint: true }));
    const followed = this.#files.get(fileKey);
    if (followed !== undefined) {
      await handle.close();
      return followed;
    }
    const file = new FollowedFile({ sourceId, fileKey, path, file: handle, nowMs });
    const stored = this.#positions.get(fileKey);
    const resumed = stored !== undefined && (await file.resumeAt(stored));
    if (!resumed && which === 'only_resumed') {
      await file.close();
      return null;
    }
    if (stored !== undefined && !resumed)
      this.#report(
        'file_replaced',
        path,
        'is another file than the one known under its inode; it is read from its start.',
      );
    this.#files.set(fileKey, file);
    return file;
  }

  /** Reads what the file has gained; drops it when it is gone and quiet. True when there is more to read at once. */
  async #advance(file: FollowedFile): Promise<boolean> {
    try {
      const more = (await file.changed()) && (await this.#readTurn(file));
      if (!more && this.#isOver(file)) await this.#drop(file);
      return more;
    } catch (error) {
      // A failing disk, an unmounted share: let go, and continue at the same offset when it is back.
      this.#markAbsent({ state: 'unreadable', path: file.path, reason: reasonOf(error) });
      await this.#forget(file);
      return false;
    }
  }

  async #readTurn(file: FollowedFile): Promise<boolean> {
    for (let turn = 0; turn < READS_PER_TURN; turn += 1) {
      const read = await file.read(this.#buffer);
      if (read.truncated) {
        this.#report(
          'file_truncated',
          file.path,
          'was truncated or rewritten; it is read from its start. Lines written after the last read and before that may be lost.',
        );
      }
      if (read.records.length > 0 && file.goneSinceMs !== null) file.goneSinceMs = this.#context.nowMs();
      await this.#handOver(read.records);
      if (!read.more) return false;
    }
    file.markUnread();
    return true;
  }

  #isOver(file: FollowedFile): boolean {
    const waitMs = this.#options.rotateWaitMs ?? ROTATE_WAIT_MS;
    return file.goneSinceMs !== null && this.#context.nowMs() - file.goneSinceMs >= waitMs;
  }

  async #drop(file: FollowedFile): Promise<void> {
    const last = file.finish();
    if (last !== null) await this.#handOver([last]);
    await this.#forget(file);
  }

  async #forget(file: FollowedFile): Promise<void> {
    this.#files.delete(file.fileKey);
    this.#positions.delete(file.fileKey);
    if (file.offset > 0) this.#positions.set(file.fileKey, file.position());
    const [oldest] = this.#positions.keys();
    if (oldest !== undefined && this.#positions.size > MAX_REMEMBERED) this.#positions.delete(oldest);
    await file.close().catch(() => undefined);
  }

  /** Waits while the sink is full: nothing more is read then, and no offset moves. */
  async #handOver(records: readonly ReceivedRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { book, sink, nowMs } = this.#context;
    this.#lastRecordMs = nowMs();
    this.#held = records.length;
    book.received(records.length);
    for (let from = 0; from < records.length; from += MAX_OFFER_RECORDS) {
      const offer = records.slice(from, from + MAX_OFFER_RECORDS);
      while (!sink.offer(offer)) await new Promise<void>((resolve) => sink.onDrain(resolve));
      this.#held -= offer.length;
    }
  }

  #markAbsent(one: Exclude<Discovered, { state: 'file' }>): void {
    this.#absent.set(one.path, one.state);
    if (this.#absentBefore.get(one.path) === one.state) return;
    if (one.state === 'missing')
      this.#report('file_missing', one.path, 'is missing; it is followed when it is there.');
    else this.#report('file_unreadable', one.path, `cannot be read: ${one.reason}. It is tried again.`);
  }

  #report(code: string, path: string, whatHappened: string): void {
    const notice: ReceiverNotice = {
      level: 'warn',
      code,
      message: `${path} ${whatHappened}`,
      fields: { path },
    };
    this.#context.notify(notice);
  }
}
