import type { ParseOutcome, RecordReader } from '../../pipeline/parsing.ts';
import { walkChunk } from './chunk-walk.ts';
import { Interpreter } from './interpreter.ts';
import {
  CHUNK_BYTES,
  CHUNK_HEADER_SIZE,
  CHUNK_HEADER_SIZE_OFFSET,
  CHUNK_MAGIC,
  FILE_HEADER_BYTES,
  FILE_MAGIC,
} from './layout.ts';

/**
 * Push decoder of an EVTX file or of carved chunks. Holds at most one chunk. What the file header states (dirty
 * flag, checksum, number of chunks) is not used: it is stale in every log copied from a running system.
 */
export class EvtxReader implements RecordReader {
  readonly #interpreter = new Interpreter();
  readonly #carry = Buffer.allocUnsafe(CHUNK_BYTES);
  #carried = 0;
  /** Offset in the input of the next byte to consume. */
  #offset = 0;
  #headerRead = false;

  push(bytes: Uint8Array): readonly ParseOutcome[] {
    const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const outcomes: ParseOutcome[] = [];
    let at = 0;
    while (at < input.length) {
      const needed = this.#headerRead ? CHUNK_BYTES : FILE_HEADER_BYTES;
      if (this.#carried === 0 && input.length - at >= needed) {
        // Whole chunks are read where they lie; nothing that is returned refers to their bytes.
        at += this.#consume(input.subarray(at, at + needed), outcomes);
        continue;
      }
      const taken = Math.max(0, Math.min(needed - this.#carried, input.length - at));
      input.copy(this.#carry, this.#carried, at, at + taken);
      this.#carried += taken;
      at += taken;
      if (this.#carried >= needed) this.#consumeCarried(needed, outcomes);
    }
    return outcomes;
  }

  end(): readonly ParseOutcome[] {
    const outcomes: ParseOutcome[] = [];
    while (this.#carried > 0) this.#consumeCarried(this.#carried, outcomes);
    return outcomes;
  }

  #consumeCarried(length: number, outcomes: ParseOutcome[]): void {
    const used = this.#consume(this.#carry.subarray(0, length), outcomes);
    this.#carry.copyWithin(0, used, this.#carried);
    this.#carried -= used;
  }

  /** Consumes the file header or one chunk from the start of `window`; returns how many bytes that was. */
  #consume(window: Buffer, outcomes: ParseOutcome[]): number {
    const used = this.#headerRead
      ? this.#consumeChunk(window, outcomes)
      : this.#consumeHeader(window, outcomes);
    this.#headerRead = true;
    this.#offset += used;
    return used;
  }

  #consumeHeader(window: Buffer, outcomes: ParseOutcome[]): number {
    if (startsWith(window, CHUNK_MAGIC)) return 0;
    const firstChunk = findChunkHeader(window, 1);
    if (!startsWith(window, FILE_MAGIC) || window.length < FILE_HEADER_BYTES) {
      const detail = 'The file header is damaged or missing. Chunks found after it were read.';
      const length = firstChunk === -1 ? window.length : firstChunk;
      outcomes.push({
        ok: false,
        rejection: { reason: 'header_damaged', detail, offset: this.#offset, length },
      });
    }
    return firstChunk === -1 ? window.length : firstChunk;
  }

  /** A chunk that begins early (bytes before it were lost) ends the one before it. */
  #consumeChunk(window: Buffer, outcomes: ParseOutcome[]): number {
    const next = findChunkHeader(window, 1);
    const length = next === -1 ? window.length : next;
    for (const outcome of walkChunk(window.subarray(0, length), this.#offset, this.#interpreter)) {
      outcomes.push(outcome);
    }
    return length;
  }
}

function startsWith(window: Buffer, magic: Buffer): boolean {
  return window.length >= magic.length && window.subarray(0, magic.length).equals(magic);
}

/** Offset of the next chunk header at or after `from`; -1 where there is none. */
function findChunkHeader(window: Buffer, from: number): number {
  let at = window.indexOf(CHUNK_MAGIC, from);
  while (at !== -1) {
    const stated = at + CHUNK_HEADER_SIZE_OFFSET;
    if (stated + 4 <= window.length && window.readUInt32LE(stated) === CHUNK_HEADER_SIZE) return at;
    at = window.indexOf(CHUNK_MAGIC, at + 1);
  }
  return -1;
}
