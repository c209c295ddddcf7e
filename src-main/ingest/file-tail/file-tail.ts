import type { SourceOffset } from '../../pipeline/batch.ts';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import {
  MAX_OFFER_RECORDS,
  type ReceivedRecord,
  type ReceiverContext,
  type ReceiverHandle,
} from '../receiver.ts';
import { reasonOf } from './discovery.ts';
import type { FollowedFile } from './followed-file.ts';
import { FollowedSet, MAX_FILES, type TailedPath } from './followed-set.ts';
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

export interface FileTailHandle extends ReceiverHandle {
  files(): readonly TailedPath[];
}

/** A writer may take this long to reopen its log after a rotation: reliability F17. */
const ROTATE_WAIT_MS = 10_000;

/** The fall-back where the system reports no changes (network shares); also what notices a missing path again. */
const POLL_MS = 250;

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
  await tail.set.findRenamed();
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
    files: () => tail.set.paths(),
    status: () => tail.status(),
    stop: () => (stopped ??= schedule.stop().then(() => tail.set.close())),
  };
}

class FileTail {
  readonly set: FollowedSet;
  readonly #context: ReceiverContext;
  readonly #rotateWaitMs: number;
  readonly #buffer = new Uint8Array(READ_BYTES);
  #held = 0;
  #lastRecordMs: number | null = null;

  constructor(options: FileTailOptions, context: ReceiverContext) {
    this.#context = context;
    this.#rotateWaitMs = options.rotateWaitMs ?? ROTATE_WAIT_MS;
    this.set = new FollowedSet({
      sourceId: context.sourceId,
      paths: options.paths,
      exclude: options.exclude ?? [],
      offsets: options.offsets,
      nowMs: context.nowMs,
      report: (code, path, whatHappened) => this.#report(code, path, whatHappened),
    });
  }

  get held(): number {
    return this.#held;
  }

  /** One look at every path and file. True when a file has more to read at once. */
  async pass(): Promise<boolean> {
    await this.set.refresh();
    let more = false;
    for (const file of this.set.inOrder()) more = (await this.#advance(file)) || more;
    return more;
  }

  status(): ReceiverStatus {
    const paths = this.set.paths();
    const absent = paths.filter(({ state }) => state === 'missing' || state === 'unreadable');
    const notes = absent.map(({ path, state }) => ` ${path} is ${state}.`);
    if (this.set.overLimit) notes.push(` More than ${MAX_FILES} files match; the rest is not followed.`);
    return {
      name: 'file-tail',
      state: notes.length === 0 ? 'ok' : 'degraded',
      detail: `Following ${paths.length - absent.length} files.${notes.join('')}`,
      lastEventTs: this.#lastRecordMs,
    };
  }

  /** Reads what the file has gained; drops it when it is gone and quiet. True when there is more to read at once. */
  async #advance(file: FollowedFile): Promise<boolean> {
    try {
      const more = (await file.changed()) && (await this.#readTurn(file));
      if (!more && this.#isOver(file)) await this.#drop(file);
      return more;
    } catch (error) {
      await this.set.failed(file, error);
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
    return file.goneSinceMs !== null && this.#context.nowMs() - file.goneSinceMs >= this.#rotateWaitMs;
  }

  async #drop(file: FollowedFile): Promise<void> {
    const last = file.finish();
    if (last !== null) await this.#handOver([last]);
    await this.set.forget(file);
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

  #report(code: string, path: string, whatHappened: string): void {
    this.#context.notify({ level: 'warn', code, message: `${path} ${whatHappened}`, fields: { path } });
  }
}
