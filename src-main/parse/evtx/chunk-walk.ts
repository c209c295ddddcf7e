import type { ParseOutcome, Rejection } from '../../pipeline/parsing.ts';
import { Chunk } from './chunk.ts';
import type { Interpreter } from './interpreter.ts';
import {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  FREE_SPACE_OFFSET,
  MIN_RECORD_BYTES,
  RECORD_MAGIC,
  RECORD_MAGIC_UINT32,
} from './layout.ts';
import { readRecord, recordNumber } from './record.ts';

const ZEROES = Buffer.alloc(CHUNK_BYTES);

/**
 * Reads every record of one chunk (`bytes` may be shorter than a chunk at the end of the input). Records follow one
 * another; where the row breaks, the next record is found by its signature, so damage costs only what it covers.
 */
export function walkChunk(bytes: Buffer, offset: number, interpreter: Interpreter): ParseOutcome[] {
  if (bytes.equals(ZEROES.subarray(0, bytes.length))) return [];
  return new ChunkWalk(new Chunk(bytes, offset), interpreter).walk();
}

class ChunkWalk {
  readonly #chunk: Chunk;
  readonly #interpreter: Interpreter;
  readonly #outcomes: ParseOutcome[] = [];
  /** Header intact: its statement of where records end can be used. */
  readonly #sound: boolean;
  readonly #freeSpace: number;
  #lastNumber = -1;
  #truncated = false;

  constructor(chunk: Chunk, interpreter: Interpreter) {
    this.#chunk = chunk;
    this.#interpreter = interpreter;
    const { bytes } = chunk;
    this.#sound = bytes.length > CHUNK_HEADER_BYTES && bytes.subarray(0, 8).equals(CHUNK_MAGIC);
    const stated = this.#sound ? chunk.view.getUint32(FREE_SPACE_OFFSET, true) : 0;
    this.#freeSpace = stated >= CHUNK_HEADER_BYTES && stated <= CHUNK_BYTES ? stated : CHUNK_BYTES;
  }

  walk(): ParseOutcome[] {
    const { bytes } = this.#chunk;
    let at = this.#sound ? CHUNK_HEADER_BYTES : this.#skipDamagedHeader();
    let recovered = !this.#sound;
    while (this.#mayHoldRecord(at)) {
      const size = this.#statedSize(at);
      if (size > 0) {
        this.#accept(at, size, recovered);
        at += size;
      } else {
        const next = this.#nextSignature(at + 1);
        const end = this.#readUntrusted(at, next);
        if (end === 0) this.#rejectGap(at, next);
        at = end === 0 ? next : end;
        recovered = true;
      }
    }
    // Cut between two records: those that the header promises are missing.
    if (this.#sound && at === bytes.length && at < this.#freeSpace && !this.#truncated)
      this.#rejectTruncation(at);
    return this.#outcomes;
  }

  /**
   * Whether the row of records goes on at `at`. Past the end that the header states lie remains of earlier use,
   * but a header that was never flushed states too early an end: a record with the next number still belongs.
   */
  #mayHoldRecord(at: number): boolean {
    if (at >= this.#chunk.bytes.length) return false;
    if (!this.#sound || at < this.#freeSpace) return true;
    if (this.#statedSize(at) === 0) return false;
    return this.#lastNumber === -1 || recordNumber(this.#chunk, at) === this.#lastNumber + 1;
  }

  /** Size of the record at `at` where its magic and both statements of its size agree; else 0. */
  #statedSize(at: number): number {
    const { bytes, view } = this.#chunk;
    if (at + MIN_RECORD_BYTES > bytes.length || view.getUint32(at, true) !== RECORD_MAGIC_UINT32) return 0;
    const size = view.getUint32(at + 4, true);
    if (size < MIN_RECORD_BYTES || at + size > bytes.length) return 0;
    return view.getUint32(at + size - 4, true) === size ? size : 0;
  }

  /** The next record's signature at or after `from`, or the end of what can hold records. */
  #nextSignature(from: number): number {
    const { bytes } = this.#chunk;
    const end = this.#sound ? Math.min(Math.max(this.#freeSpace, from), bytes.length) : bytes.length;
    const found = bytes.subarray(0, end).indexOf(RECORD_MAGIC, from);
    return found === -1 ? end : found;
  }

  #accept(at: number, size: number, recovered: boolean): void {
    this.#lastNumber = recordNumber(this.#chunk, at);
    this.#outcomes.push(readRecord(this.#chunk, this.#interpreter, { start: at, size, recovered }));
  }

  /** A record with a damaged size or end may still hold all of its content. Where it ends; 0 where it did not. */
  #readUntrusted(at: number, next: number): number {
    const { bytes, view } = this.#chunk;
    if (next - at < MIN_RECORD_BYTES || view.getUint32(at, true) !== RECORD_MAGIC_UINT32) return 0;
    const stated = view.getUint32(at + 4, true);
    if (at + stated > bytes.length && bytes.length < CHUNK_BYTES) return 0;
    const size = stated >= MIN_RECORD_BYTES && at + stated <= next ? stated : next - at;
    const outcome = readRecord(this.#chunk, this.#interpreter, { start: at, size, recovered: true });
    if (!outcome.ok) return 0;
    this.#lastNumber = recordNumber(this.#chunk, at);
    this.#outcomes.push(outcome);
    return at + size;
  }

  #rejectGap(at: number, next: number): void {
    const { bytes, view, offset } = this.#chunk;
    const promised = this.#sound && at < this.#freeSpace;
    if (!promised && isZero(bytes, at, next)) return;
    if (next === bytes.length && bytes.length < CHUNK_BYTES) {
      this.#rejectTruncation(at);
      return;
    }
    const isRecord = at + 4 <= bytes.length && view.getUint32(at, true) === RECORD_MAGIC_UINT32;
    const detail = isRecord
      ? 'The record is damaged and could not be read. Its bytes were kept.'
      : 'Bytes where a record should start are none. They were kept.';
    this.#reject({ reason: 'record_damaged', detail, offset: offset + at, length: next - at });
  }

  /** Without a header nothing says where records start: the first signature does. */
  #skipDamagedHeader(): number {
    const first = this.#nextSignature(0);
    const detail = 'The header of a chunk is damaged. Records found after it by their signature were kept.';
    this.#reject({ reason: 'chunk_damaged', detail, offset: this.#chunk.offset, length: first });
    return first;
  }

  #rejectTruncation(at: number): void {
    this.#truncated = true;
    const { bytes, offset } = this.#chunk;
    const detail = 'The input ends before the records of its last chunk do. Complete records were kept.';
    this.#reject({ reason: 'record_truncated', detail, offset: offset + at, length: bytes.length - at });
  }

  #reject(rejection: Rejection): void {
    this.#outcomes.push({ ok: false, rejection });
  }
}

function isZero(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).equals(ZEROES.subarray(0, end - start));
}
