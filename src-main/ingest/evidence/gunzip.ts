import { crc32 } from 'node:zlib';
import { Inflater } from './inflater.ts';

const MAGIC = [0x1f, 0x8b, 0x08];
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

/** Flag bits of RFC 1952 section 2.3.1. */
const HAS_HEADER_CRC = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;

/** Names and comments are for people; a longer header is not one. */
const MAX_HEADER_BYTES = 128 * 1024;

/** By the magic bytes of RFC 1952 section 2.3.1. */
export function isGzip(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte);
}

/** Says what is wrong with a compressed input after its readable part was handed out. */
export type Damage = (reason: string) => void;

/**
 * Unpacks gzip members one behind the other (RFC 1952 section 2.2). What can be read of a truncated or damaged
 * input is handed out, then `damaged` is told. Bytes behind the last member that are no member are padding.
 */
export async function* gunzip(packed: AsyncIterable<Buffer>, damaged: Damage): AsyncGenerator<Buffer> {
  const source = new Pieces(packed);
  for (let member = 0; ; member += 1) {
    const header = await headerLength(source);
    if (header === null) {
      if (member === 0) damaged('the gzip header is damaged');
      return;
    }
    source.skip(header);
    if (!(yield* inflateMember(source, damaged))) return;
  }
}

/** Hands out one member; false when nothing behind it can be read. */
async function* inflateMember(source: Pieces, damaged: Damage): AsyncGenerator<Buffer, boolean> {
  const inflater = new Inflater();
  let sum = 0;
  let sizeBytes = 0;
  const counted = function* (bytes: Buffer): Generator<Buffer> {
    sum = crc32(bytes, sum);
    sizeBytes += bytes.length;
    yield bytes;
  };
  try {
    while (!inflater.ended && inflater.failure === null && (await source.fill(1))) {
      const before = inflater.consumedBytes;
      const piece = source.held;
      for await (const bytes of inflater.write(piece)) yield* counted(bytes);
      source.skip(Math.min(piece.length, inflater.consumedBytes - before));
    }
    for await (const bytes of inflater.finish()) yield* counted(bytes);
    if (inflater.failure !== null) {
      damaged(
        source.isOver
          ? 'the file ends in the middle of its compressed data'
          : 'its compressed data is damaged',
      );
      return false;
    }
  } finally {
    inflater.close();
  }
  if (!(await source.fill(TRAILER_BYTES))) {
    damaged('the file ends before its checksum');
    return false;
  }
  const trailer = source.held;
  if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== sizeBytes % 2 ** 32) {
    damaged('its checksum does not match its content');
  }
  source.skip(TRAILER_BYTES);
  return true;
}

/** Length of the member header that the source stands at; null when there is none. */
async function headerLength(source: Pieces): Promise<number | null> {
  await source.fill(FIXED_HEADER_BYTES);
  if (!isGzip(source.held) || source.held.length < FIXED_HEADER_BYTES) return null;
  const flags = source.held[3] ?? 0;
  let length = FIXED_HEADER_BYTES;
  if ((flags & HAS_EXTRA) !== 0) {
    if (!(await source.fill(length + 2))) return null;
    length += 2 + source.held.readUInt16LE(length);
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = await source.indexOf(0, length);
    if (end === null) return null;
    length = end + 1;
  }
  if ((flags & HAS_HEADER_CRC) !== 0) length += 2;
  return (await source.fill(length)) ? length : null;
}

/** The pieces of a stream with room to look ahead. */
class Pieces {
  held: Buffer = Buffer.alloc(0);
  isOver = false;
  readonly #pieces: AsyncIterator<Buffer>;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Holds at least `count` bytes; false when the stream has no more. */
  async fill(count: number): Promise<boolean> {
    while (this.held.length < count && !this.isOver) {
      const next = await this.#pieces.next();
      if (next.done === true) this.isOver = true;
      else this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
    }
    return this.held.length >= count;
  }

  async indexOf(byte: number, from: number): Promise<number | null> {
    for (let wanted = from + 1; wanted <= MAX_HEADER_BYTES; wanted = this.held.length + 1) {
      const found = this.held.indexOf(byte, from);
      if (found !== -1) return found;
      if (!(await this.fill(Math.max(wanted, this.held.length + 1)))) return null;
    }
    return null;
  }

  skip(count: number): void {
    this.held = this.held.subarray(count);
  }
}
