import { MAX_NAME_LENGTH } from './layout.ts';

/** Name structure: next offset (4), hash (2), length in UTF-16 units (2), text, NUL (2). */
const NAME_HEADER_BYTES = 8;

/**
 * The bytes of one chunk and the names read from them. A name is given by its offset from the chunk's start; the
 * first element that uses one carries it inline.
 */
export class Chunk {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Offset of the chunk in the input. */
  readonly offset: number;
  readonly #names = new Map<number, string>();

  constructor(bytes: Buffer, offset: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.offset = offset;
  }

  /** Name at `offset`; null where no name can be. */
  name(offset: number): string | null {
    const known = this.#names.get(offset);
    if (known !== undefined) return known;
    const bytes = this.nameBytes(offset);
    if (bytes === 0) return null;
    const start = offset + NAME_HEADER_BYTES;
    const name = this.bytes.toString('utf16le', start, offset + bytes - 2).toWellFormed();
    this.#names.set(offset, name);
    return name;
  }

  /** Size in bytes of the name structure at `offset`; 0 where no name can be. */
  nameBytes(offset: number): number {
    if (offset + NAME_HEADER_BYTES + 4 > this.bytes.length) return 0;
    const length = this.view.getUint16(offset + 6, true);
    if (length === 0 || length > MAX_NAME_LENGTH) return 0;
    const size = NAME_HEADER_BYTES + 2 * length + 2;
    return offset + size <= this.bytes.length ? size : 0;
  }
}
