/** Tar archives as GNU tar, bsdtar and git write them (POSIX.1-1988 "ustar", pax and GNU names). */
const BLOCK_BYTES = 512;

/** Names longer than this are nobody's; the system's own limit is 4,096 bytes. */
const MAX_NAME_BYTES = 8_192;

/** One regular file of an archive. Its name is only ever shown: nothing is written under it. */
export interface TarMember {
  readonly name: string;
  readonly sizeBytes: number;
  /** Null where it was not asked for. */
  readonly bytes: Buffer | null;
}

export interface TarOptions {
  /** Which members to hand out with their bytes; the others are stepped over. */
  readonly wants: (name: string, sizeBytes: number) => boolean;
  /** Told why reading ended before the archive did; what was readable was handed out. */
  readonly damaged: (reason: string) => void;
}

interface Header {
  readonly name: string;
  readonly sizeBytes: number;
  /** Type flag of POSIX 10.1.1: "0" a file, "x" and "L" what belongs to the next one. */
  readonly type: string;
}

/** True for the first block of a tar archive: its checksum is right. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK_BYTES && headerOf(Buffer.from(head.subarray(0, BLOCK_BYTES))) !== null;
}

/** The regular files of an archive, in its order. Ends on whatever the bytes are. */
export async function* readTar(
  content: AsyncIterable<Buffer>,
  { wants, damaged }: TarOptions,
): AsyncGenerator<TarMember> {
  const blocks = new Bytes(content);
  let longName: string | null = null;
  for (;;) {
    const block = await blocks.take(BLOCK_BYTES);
    if (block === null || block.every((byte) => byte === 0)) return;
    const header = headerOf(block);
    if (header === null) {
      damaged('the tar archive is damaged: a header has a wrong checksum');
      return;
    }
    const { sizeBytes, type } = header;
    const namesNext = type === 'x' || type === 'L';
    const name: string = longName ?? header.name;
    const isFile = type === '0' || type === '\0';
    const isWanted = namesNext ? sizeBytes <= MAX_NAME_BYTES : isFile && wants(name, sizeBytes);
    const bytes = isWanted ? await blocks.take(sizeBytes) : null;
    const skipped = (bytes === null ? sizeBytes : 0) + (-sizeBytes & (BLOCK_BYTES - 1));
    if ((isWanted && bytes === null) || !(await blocks.skip(skipped))) {
      damaged('the tar archive ends in the middle of a file');
      return;
    }
    if (namesNext) longName = bytes === null ? null : nameIn(bytes, type);
    else longName = null;
    if (isFile) yield { name, sizeBytes, bytes };
  }
}

/** Null when the block is no header: the checksum is what tells. */
function headerOf(block: Buffer): Header | null {
  const sum = octal(block, 148, 8);
  const counted = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  const sizeBytes = sizeOf(block);
  if (sum !== counted || sizeBytes === null) return null;
  const isUstar = block.toString('latin1', 257, 262) === 'ustar';
  const prefix = isUstar ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes,
    type: String.fromCharCode(block[156] ?? 0),
  };
}

/** Octal digits, or, for large files, base 256 behind a byte 0x80 (GNU). */
function sizeOf(block: Buffer): number | null {
  if (block[124] !== 0x80) return octal(block, 124, 12);
  const size = Number(block.readBigUInt64BE(128));
  return Number.isSafeInteger(size) ? size : null;
}

function octal(block: Buffer, at: number, length: number): number | null {
  const digits = text(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : null;
}

function text(block: Buffer, at: number, length: number): string {
  const end = block.subarray(at, at + length).indexOf(0);
  return block.toString('utf8', at, end === -1 ? at + length : at + end);
}

/** Name of the next member: the whole content (GNU "L"), or the record "path" of a pax header. */
function nameIn(bytes: Buffer, type: string): string | null {
  const content = bytes.toString('utf8');
  if (type === 'L') return content.replace(/\0.*$/s, '');
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? null;
}

/** A stream as bytes to take and to step over. */
class Bytes {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(content: AsyncIterable<Buffer>) {
    this.#pieces = content[Symbol.asyncIterator]();
  }

  /** Null when the stream ends before. */
  async take(count: number): Promise<Buffer | null> {
    if (!(await this.#fill(count))) return null;
    const all = Buffer.concat(this.#held);
    this.#hold(all.subarray(count));
    return all.subarray(0, count);
  }

  /** False when the stream ends before. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > this.#heldBytes) {
      left -= this.#heldBytes;
      this.#hold(Buffer.alloc(0));
      if (!(await this.#fill(1))) return left === 0;
    }
    this.#hold(Buffer.concat(this.#held).subarray(left));
    return true;
  }

  async #fill(count: number): Promise<boolean> {
    while (this.#heldBytes < count) {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#held.push(next.value);
      this.#heldBytes += next.value.length;
    }
    return true;
  }

  #hold(bytes: Buffer): void {
    this.#held = bytes.length === 0 ? [] : [bytes];
    this.#heldBytes = bytes.length;
  }
}
