import type { FileHandle } from 'node:fs/promises';
import type { SourceOffset } from '../../pipeline/batch.ts';
import { LineSplitter, type Line } from '../../pipeline/line-splitter.ts';
import { MAX_RECORD_BYTES, type ReceiptFlag, type ReceivedRecord } from '../receiver.ts';
import { FINGERPRINT_BYTES, fingerprintOf, readHead } from './fingerprint.ts';

/** What one read gave: records, and whether the file began anew (truncated, or rewritten in place). */
export interface FileRead {
  readonly records: readonly ReceivedRecord[];
  readonly truncated: boolean;
  /** False when the end of the file was reached. */
  readonly more: boolean;
}

export interface FollowedFileOptions {
  readonly sourceId: string;
  readonly fileKey: string;
  readonly path: string;
  readonly file: FileHandle;
  readonly nowMs: () => number;
}

/**
 * One open file that is read as it grows. Complete lines become records; the unfinished last line is held, and
 * the offset that rides with a record never lies behind it, so that a restart reads the line again from its start.
 */
export class FollowedFile {
  readonly fileKey: string;
  /** Where the file is now; a rename changes it. */
  path: string;
  /** Since when no followed path leads to this file any more (renamed away or deleted); null while one does. */
  goneSinceMs: number | null = null;
  readonly #options: FollowedFileOptions;
  readonly #lines = new LineSplitter(MAX_RECORD_BYTES);
  /** First bytes of the file as they were read, at most a KiB: its fingerprint, and the proof that it is still the same. */
  #head: Uint8Array = new Uint8Array(0);
  /** Behind the last complete line. */
  #offset = 0;
  /** Behind the last byte read: the unfinished line lies between. */
  #readOffset = 0;
  #lastSeen = '';
  /** Of a whole first KiB, which no later byte changes: not to be computed again for every line. */
  #settledFingerprint: string | null = null;

  constructor(options: FollowedFileOptions) {
    this.#options = options;
    this.fileKey = options.fileKey;
    this.path = options.path;
  }

  get offset(): number {
    return this.#offset;
  }

  get unfinishedBytes(): number {
    return this.#lines.pendingBytes;
  }

  /** Where a later run continues, when everything read so far is committed. */
  position(): SourceOffset {
    const { sourceId } = this.#options;
    const fingerprint = this.#fingerprint();
    return { sourceId, fileKey: this.fileKey, path: this.path, offset: this.#offset, fingerprint };
  }

  /**
   * Continues at a stored position if this is still the file that it was stored for: long enough, and with the
   * same first bytes. Returns false, and stays at 0, when an inode was used again or the file was rewritten.
   */
  async resumeAt(stored: SourceOffset): Promise<boolean> {
    const { size } = await this.#options.file.stat();
    const head = await readHead(this.#options.file, stored.offset);
    if (size < stored.offset || fingerprintOf(head, stored.offset) !== stored.fingerprint) return false;
    this.#head = head;
    this.#offset = stored.offset;
    this.#readOffset = stored.offset;
    return true;
  }

  /** True when size or time of change differ from the last call: an idle file costs one fstat a pass. */
  async changed(): Promise<boolean> {
    const { size, mtimeNs } = await this.#options.file.stat({ bigint: true });
    const seen = `${size}:${mtimeNs}`;
    if (seen === this.#lastSeen) return false;
    this.#lastSeen = seen;
    return true;
  }

  /** Makes the next `changed()` true: reading stopped before the end of the file. */
  markUnread(): void {
    this.#lastSeen = '';
  }

  /** Reads once into `buffer`. What was read counts only if the file proves afterwards to be the same still. */
  async read(buffer: Uint8Array): Promise<FileRead> {
    const { bytesRead } = await this.#options.file.read(buffer, 0, buffer.length, this.#readOffset);
    if (!(await this.#isSameStill())) return { records: this.#startOver(), truncated: true, more: true };
    const bytes = buffer.subarray(0, bytesRead);
    this.#extendHead(bytes);
    this.#readOffset += bytesRead;
    const records: ReceivedRecord[] = [];
    this.#lines.push(bytes, (line) => {
      this.#offset += line.extentBytes;
      // A blank line is no record; its bytes are covered by the offset of the next one.
      if (line.length > 0) records.push(this.#toRecord(line, []));
    });
    return { records, truncated: false, more: bytesRead === buffer.length };
  }

  /** The file is dropped: its unfinished last line will never be finished and becomes a record as it is. */
  finish(): ReceivedRecord | null {
    let record: ReceivedRecord | null = null;
    this.#lines.end((line) => {
      this.#offset += line.extentBytes;
      record = this.#toRecord(line, ['partial']);
    });
    return record;
  }

  close(): Promise<void> {
    return this.#options.file.close();
  }

  async #isSameStill(): Promise<boolean> {
    const { size } = await this.#options.file.stat();
    if (size < this.#readOffset) return false;
    return Buffer.compare(await readHead(this.#options.file, this.#head.length), this.#head) === 0;
  }

  #fingerprint(): string {
    if (this.#offset === 0) return '';
    if (this.#offset < FINGERPRINT_BYTES) return fingerprintOf(this.#head, this.#offset);
    return (this.#settledFingerprint ??= fingerprintOf(this.#head, FINGERPRINT_BYTES));
  }

  #startOver(): ReceivedRecord[] {
    this.#offset = 0;
    this.#readOffset = 0;
    this.#head = new Uint8Array(0);
    this.#settledFingerprint = null;
    const records: ReceivedRecord[] = [];
    this.#lines.end((line) => records.push(this.#toRecord(line, ['partial'])));
    return records;
  }

  #extendHead(bytes: Uint8Array): void {
    const room = FINGERPRINT_BYTES - this.#head.length;
    if (room > 0 && bytes.length > 0) this.#head = Buffer.concat([this.#head, bytes.subarray(0, room)]);
  }

  #toRecord(line: Line, flags: readonly ReceiptFlag[]): ReceivedRecord {
    const truncated: readonly ReceiptFlag[] = line.truncated ? ['truncated'] : [];
    return {
      bytes: new Uint8Array(line.bytes),
      receivedMs: this.#options.nowMs(),
      peer: null,
      flags: [...flags, ...truncated],
      originalBytes: line.length,
      offset: this.position(),
    };
  }
}
