import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import type { Damage } from './gunzip.ts';
import { Inflater } from './inflater.ts';
import { MAX_MEMBERS, READ_BYTES } from './limits.ts';

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 0x1;

/** File type bits of the mode that Unix zips keep in the upper half of the external attributes. */
const TYPE_MASK = 0xf000;
const SYMBOLIC_LINK = 0xa000;

/** A file in a zip archive. Its name is only ever shown: nothing is written under it, so no name can harm. */
export interface ZipMember {
  readonly name: string;
  readonly packedBytes: number;
  /** Why it cannot be read; null when it can. */
  readonly refusal: string | null;
  /** Its content. Tells `damaged` afterwards when it was not whole. */
  open(damaged: Damage): AsyncGenerator<Buffer>;
}

export interface ZipArchive {
  /** By name, so that the same archive always reads the same way. */
  readonly members: readonly ZipMember[];
  /** What the directory lists beyond the limit, unread. */
  readonly omitted: number;
  close(): Promise<void>;
}

/** By the signature of a member or, of an empty archive, of its end (APPNOTE 4.3.7, 4.3.16). */
export function isZip(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/** Reads the directory of a zip archive. Throws when there is none that can be read. */
export async function openZip(path: string): Promise<ZipArchive> {
  const file = await open(path);
  try {
    const zip = await fromRandomAccessReaderPromise(new FileReader(file), await archiveEnd(file), {
      lazyEntries: true,
      autoClose: false,
      // Names are kept as bytes: the library would refuse the whole archive for one name that climbs out of it.
      decodeStrings: false,
      // Sizes are checked here, after the content was handed out.
      validateEntrySizes: false,
    });
    return { ...(await listed(zip)), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function listed(zip: ZipFile): Promise<Omit<ZipArchive, 'close'>> {
  const members: ZipMember[] = [];
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (members.length >= MAX_MEMBERS) break;
    count += 1;
    const member = memberOf(zip, entry);
    if (!member.name.endsWith('/')) members.push(member);
  }
  members.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { members, omitted: Math.max(0, zip.entryCount - count) };
}

const END_SIGNATURE = Buffer.from('504b0506', 'hex');
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;

/**
 * Where the archive ends. Archives that went through a careless transfer carry bytes behind their end, for which
 * the library would refuse them; public data sets have such.
 */
async function archiveEnd(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, END_BYTES + 2 * MAX_COMMENT_BYTES));
  await file.read(tail, 0, tail.length, size - tail.length);
  for (let at = tail.lastIndexOf(END_SIGNATURE); at !== -1; at = tail.lastIndexOf(END_SIGNATURE, at - 1)) {
    const end =
      at + END_BYTES <= tail.length ? at + END_BYTES + tail.readUInt16LE(at + END_BYTES - 2) : Infinity;
    if (end <= tail.length) return size - tail.length + end;
    if (at === 0) break;
  }
  return size;
}

/** Gives the library the open file: the path may name another by now. */
class FileReader extends RandomAccessReader {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // Not fs.createReadStream: the library destroys streams, and destroying that one closes the file.
    return Readable.from(bytesBetween(this.#file, start, end), { objectMode: false });
  }
}

async function* bytesBetween(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const bytes = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield bytes.subarray(0, bytesRead);
  }
}

function memberOf(zip: ZipFile, entry: Entry): ZipMember {
  return {
    name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    packedBytes: entry.compressedSize,
    refusal: refusalOf(entry),
    open: (damaged) => content(zip, entry, damaged),
  };
}

function refusalOf(entry: Entry): string | null {
  if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAG) !== 0) {
    return 'it is encrypted; unpack the archive with its password first';
  }
  if (((entry.externalFileAttributes >>> 16) & TYPE_MASK) === SYMBOLIC_LINK) return 'it is a symbolic link';
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return `it is compressed with method ${entry.compressionMethod}, which is not read; unpack the archive first`;
  }
  return null;
}

async function* content(zip: ZipFile, entry: Entry, damaged: Damage): AsyncGenerator<Buffer> {
  let sum = 0;
  let packed: AsyncIterable<Buffer>;
  try {
    packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  } catch (error) {
    damaged(`its place in the archive is wrong: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  for await (const bytes of entry.compressionMethod === STORED ? packed : inflated(packed, damaged)) {
    sum = crc32(bytes, sum);
    yield bytes;
  }
  if (sum !== entry.crc32) damaged('its checksum does not match its content');
}

async function* inflated(packed: AsyncIterable<Buffer>, damaged: Damage): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  try {
    for await (const piece of packed) yield* inflater.write(piece);
    yield* inflater.finish();
    if (inflater.failure !== null) damaged('its compressed data is damaged or cut off');
  } finally {
    inflater.close();
  }
}
