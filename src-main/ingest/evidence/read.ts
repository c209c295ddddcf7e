import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { EvidenceFormat, ParseOutcome } from '../../pipeline/parsing.ts';
import { feed, type ContentReport } from './feed.ts';
import { gunzip, isGzip } from './gunzip.ts';
import { ioReason } from './io-reason.ts';
import { HEAD_BYTES, READ_BYTES } from './limits.ts';
import type { EvidenceInput } from './plan.ts';
import { UnpackBudget } from './unpack-budget.ts';
import { isZip, openZip, type ZipMember } from './zip-members.ts';

/** Where a batch of outcomes comes from. */
export interface BatchPosition {
  /** As the analyst knows it; `archive.zip!member.evtx` for a member of an archive. Offsets of the batch count in it. */
  readonly path: string;
  /** How much of the outer file has been read: for progress. */
  readonly bytesRead: number;
}

export interface ReadOptions {
  /** The format of an input that begins with these bytes (up to 64 KiB); null when none knows it. */
  readonly detect: (head: Uint8Array) => EvidenceFormat | null;
  /** Takes a batch, which may be empty; reading goes on when its promise resolves. What it throws ends the reading. */
  readonly onOutcomes: (outcomes: readonly ParseOutcome[], position: BatchPosition) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly nowMs: number;
}

/** How one file, or one member of an archive, was read. */
export interface FileReport extends ContentReport {
  readonly path: string;
  /** Of the file as it lies on disk; packed size for a member. */
  readonly sizeBytes: number;
  /** Lower-case hex over the file's bytes; null when they could not all be read, and for members. */
  readonly sha256: string | null;
  /** Reports of an archive's members; empty for every other file. */
  readonly members: readonly FileReport[];
}

/**
 * Reads one file of evidence, unpacking gzip and zip on the way, and hands its records over in batches. Never holds
 * more than a piece of it. Problems of the evidence end up in the report; only an abort or a failing `onOutcomes`
 * throws.
 */
export async function readEvidence(input: EvidenceInput, options: ReadOptions): Promise<FileReport> {
  options.signal?.throwIfAborted();
  const file = new EvidenceFile(input, options);
  try {
    return await file.read();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return file.report({ ...NOTHING, outcome: 'failed', reason: `It cannot be read: ${error.message}.` }, []);
  } finally {
    await file.close();
  }
}

const NOTHING = { format: null, events: 0, rejected: {} } as const;

/** The operating system refused to read on; told apart from a failing `onOutcomes`. */
class UnreadableFile extends Error {}

class EvidenceFile {
  readonly #input: EvidenceInput;
  readonly #options: ReadOptions;
  readonly #hash: Hash = createHash('sha256');
  readonly #budget = new UnpackBudget();
  #handle: FileHandle | null = null;
  #sha256: string | null = null;
  #bytesRead = 0;
  #unreadable = false;
  #damage: string | null = null;

  constructor(input: EvidenceInput, options: ReadOptions) {
    this.#input = input;
    this.#options = options;
  }

  async read(): Promise<FileReport> {
    this.#handle = await this.#opened();
    const head = await attempt(() => this.#head());
    if (isZip(head)) return this.#readZip();
    const plain = this.#pieces();
    const content = isGzip(head)
      ? this.#unpacked(gunzip(plain, this.#damaged), () => this.#bytesRead)
      : plain;
    const report = await this.#feed(content, this.#input.path);
    // An input that was not read to its end still gets its hash: it names the evidence.
    await this.#readToEnd();
    return this.report(report, []);
  }

  report(content: ContentReport, members: readonly FileReport[]): FileReport {
    const { path, sizeBytes } = this.#input;
    const size = this.#sha256 === null ? sizeBytes : this.#bytesRead;
    return { path, sizeBytes: size, sha256: this.#sha256, members, ...content };
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }

  readonly #damaged = (reason: string): void => {
    this.#damage ??= reason;
  };

  async #opened(): Promise<FileHandle> {
    // O_NONBLOCK: opening a pipe that took the file's place must not wait for a writer.
    const handle = await attempt(() => open(this.#input.path, constants.O_RDONLY | constants.O_NONBLOCK));
    const status = await attempt(() => handle.stat());
    if (status.isFile()) return handle;
    await handle.close();
    throw new UnreadableFile(status.isDirectory() ? 'it is a folder' : 'it is not a file any more');
  }

  async #head(): Promise<Buffer> {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const result = await this.#handle?.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, result?.bytesRead ?? 0);
  }

  /** Reads what nobody asked for, for the hash. */
  async #readToEnd(): Promise<void> {
    const pieces = this.#pieces();
    while ((await pieces.next()).done !== true);
  }

  /** The file from where it was read to, hashed as it goes. Readers keep views of the pieces: each is its own memory. */
  async *#pieces(): AsyncGenerator<Buffer> {
    const handle = this.#handle;
    if (handle === null || this.#unreadable || this.#sha256 !== null) return;
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const bytes = Buffer.allocUnsafe(READ_BYTES);
      let bytesRead: number;
      try {
        ({ bytesRead } = await handle.read(bytes, 0, bytes.length, this.#bytesRead));
      } catch (error) {
        this.#unreadable = true;
        this.#damaged(`${ioReason(error)} at byte ${this.#bytesRead}`);
        return;
      }
      if (bytesRead === 0) break;
      this.#bytesRead += bytesRead;
      const piece = bytes.subarray(0, bytesRead);
      this.#hash.update(piece);
      yield piece;
    }
    this.#sha256 = this.#hash.digest('hex');
  }

  /** `content` as far as the limits for unpacking allow; `packedBytes` says what it was unpacked from. */
  async *#unpacked(content: AsyncIterable<Buffer>, packedBytes: () => number): AsyncGenerator<Buffer> {
    for await (const piece of content) {
      this.#options.signal?.throwIfAborted();
      const refusal = this.#budget.spend(piece.length, packedBytes());
      if (refusal !== null) {
        this.#damaged(refusal);
        return;
      }
      yield piece;
    }
  }

  #feed(content: AsyncIterable<Buffer>, path: string): Promise<ContentReport> {
    const { detect, nowMs, onOutcomes } = this.#options;
    return feed(content, {
      detect,
      nowMs,
      take: (outcomes) => onOutcomes(outcomes, { path, bytesRead: this.#bytesRead }),
      damage: () => this.#damage,
    });
  }

  async #readZip(): Promise<FileReport> {
    await this.#readToEnd();
    // From here on progress counts the members' packed bytes.
    const sizeBytes = this.#bytesRead;
    let archive;
    try {
      archive = await openZip(this.#input.path);
    } catch (error) {
      const reason = `The zip archive is damaged: ${ioReason(error)}. Nothing was read.`;
      return this.report({ ...NOTHING, outcome: 'failed', reason }, []);
    }
    const members: FileReport[] = [];
    this.#bytesRead = 0;
    try {
      for (const member of archive.members) members.push(await this.#readMember(member));
    } finally {
      await archive.close();
      this.#bytesRead = sizeBytes;
    }
    return this.report(summary(members, archive.omitted), members);
  }

  async #readMember(member: ZipMember): Promise<FileReport> {
    const path = `${this.#input.path}!${member.name}`;
    const about = { path, sizeBytes: member.packedBytes, sha256: null, members: [] };
    const refusal = member.refusal ?? this.#budget.refusal;
    if (refusal !== null)
      return { ...about, ...NOTHING, outcome: 'failed', reason: `It was not read: ${refusal}.` };
    this.#damage = null;
    const before = this.#bytesRead;
    const content = this.#unpacked(member.open(this.#damaged), () => member.packedBytes);
    this.#budget.begin();
    const report = await this.#feed(await this.#withoutGzip(content, member), path);
    this.#bytesRead = before + member.packedBytes;
    return { ...about, ...report };
  }

  /** Unpacks a member that is a gzip file itself: the one nesting that log collectors produce. */
  async #withoutGzip(content: AsyncGenerator<Buffer>, member: ZipMember): Promise<AsyncIterable<Buffer>> {
    const first = await content.next();
    if (first.done === true) return content;
    const whole = prepended(first.value, content);
    if (!isGzip(first.value)) return whole;
    return this.#unpacked(gunzip(whole, this.#damaged), () => member.packedBytes);
  }
}

async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function attempt<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw new UnreadableFile(ioReason(error), { cause: error });
  }
}

/** The archive's own report: what its members add up to. */
function summary(members: readonly FileReport[], omitted: number): ContentReport {
  const rejected: Record<string, number> = {};
  let events = 0;
  for (const member of members) {
    events += member.events;
    for (const [reason, count] of Object.entries(member.rejected))
      rejected[reason] = (rejected[reason] ?? 0) + count;
  }
  const counted = { format: 'zip', events, rejected };
  const bad = members.filter((member) => member.outcome === 'failed' || member.outcome === 'partly_read');
  const problems = bad
    .slice(0, MAX_NAMED)
    .map((member) => `${member.path}: ${member.reason ?? member.outcome}`);
  if (bad.length > MAX_NAMED)
    problems.push(`${bad.length - MAX_NAMED} more members were not read or read in part.`);
  if (omitted > 0) problems.push(`${omitted} members beyond the limit of 10,000 were not read.`);
  if (problems.length > 0) {
    return { ...counted, outcome: events > 0 ? 'partly_read' : 'failed', reason: problems.join(' ') };
  }
  if (events === 0) return { ...counted, outcome: 'empty', reason: 'It holds no records.' };
  return { ...counted, outcome: 'ok', reason: null };
}

/** Members named in an archive's reason; each has its own report. */
const MAX_NAMED = 3;
