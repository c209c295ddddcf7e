import type { FieldValue } from '#shared/model/event.ts';
import type { Chunk } from './chunk.ts';
import { FiletimeReader } from './filetime.ts';
import { TextDecoderUtf16 } from './text.ts';
import { ARRAY_FLAG, VALUE } from './tokens.ts';

const TWO_32 = 4_294_967_296;
const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
);

/** Bytes of one value of a type; 0 where the size is stated with the value. */
const FIXED_SIZES = new Map<number, number>([
  [VALUE.int8, 1],
  [VALUE.uint8, 1],
  [VALUE.int16, 2],
  [VALUE.uint16, 2],
  [VALUE.int32, 4],
  [VALUE.uint32, 4],
  [VALUE.int64, 8],
  [VALUE.uint64, 8],
  [VALUE.real32, 4],
  [VALUE.real64, 8],
  [VALUE.bool, 4],
  [VALUE.guid, 16],
  [VALUE.filetime, 8],
  [VALUE.systemtime, 16],
  [VALUE.hexInt32, 4],
  [VALUE.hexInt64, 8],
]);

/** Size of one `type` value in bytes; 0 for types whose size varies. */
export function fixedSize(type: number): number {
  return FIXED_SIZES.get(type) ?? 0;
}

/**
 * Decodes typed values as evtx_dump prints them, the form that Sigma's own regression data has: integers as
 * numbers (as decimal text beyond 2^53), HexInt and size_t as "0x1f", GUIDs in upper case without braces, SIDs as
 * "S-1-5-18", times as ISO 8601 with microseconds, binary as upper-case hexadecimal.
 */
export class ValueReader {
  readonly text = new TextDecoderUtf16();
  readonly filetime = new FiletimeReader();

  /** The value in `size` bytes at `start`; undefined where the bytes cannot be of that type. */
  read(chunk: Chunk, type: number, start: number, size: number): FieldValue | undefined {
    switch (type) {
      case VALUE.string:
        return this.text.read(chunk.bytes, start, size >> 1);
      case VALUE.null:
        return null;
      case VALUE.uint32:
        if (size === 4) return chunk.view.getUint32(start, true);
        break;
      case VALUE.uint16:
        if (size === 2) return chunk.view.getUint16(start, true);
        break;
      case VALUE.uint8:
        if (size === 1) return chunk.view.getUint8(start);
        break;
      case VALUE.hexInt64:
        if (size === 8) return hex64(chunk.view, start);
        break;
      case VALUE.filetime:
        if (size === 8) {
          return this.filetime.toIso(
            chunk.view.getUint32(start, true),
            chunk.view.getUint32(start + 4, true),
          );
        }
        break;
      default:
        return this.#readRare(chunk, type, start, size);
    }
    return this.#oddSize(chunk, type, start, size);
  }

  #readRare(chunk: Chunk, type: number, start: number, size: number): FieldValue | undefined {
    if ((type & ARRAY_FLAG) !== 0) return this.#readArray(chunk, type & ~ARRAY_FLAG, start, size);
    switch (type) {
      case VALUE.ansiString:
        return ansi(chunk.bytes, start, size);
      case VALUE.binary:
        return hexUpper(chunk.bytes, start, size);
      case VALUE.sid:
        return sid(chunk, start, size);
      case VALUE.sizeT:
        return size === 4 ? hex32(chunk.view, start) : this.#sized(chunk, VALUE.hexInt64, start, size);
      case VALUE.evtHandle:
        return size === 4 ? hex32(chunk.view, start) : this.#sized(chunk, VALUE.hexInt64, start, size);
      case VALUE.evtXml:
        return this.text.read(chunk.bytes, start, size >> 1);
      case VALUE.bool:
        // Four bytes by the specification; writers put other sizes and other values than 0 and 1.
        return size === 0 ? null : anyBit(chunk.bytes, start, size);
      default:
        return this.#sized(chunk, type, start, size);
    }
  }

  #sized(chunk: Chunk, type: number, start: number, size: number): FieldValue | undefined {
    const { view } = chunk;
    if (size !== fixedSize(type) || size === 0) return this.#oddSize(chunk, type, start, size);
    switch (type) {
      case VALUE.int8:
        return view.getInt8(start);
      case VALUE.uint8:
        return view.getUint8(start);
      case VALUE.int16:
        return view.getInt16(start, true);
      case VALUE.uint16:
        return view.getUint16(start, true);
      case VALUE.int32:
        return view.getInt32(start, true);
      case VALUE.uint32:
        return view.getUint32(start, true);
      case VALUE.int64:
        return int64(view, start, true);
      case VALUE.uint64:
        return int64(view, start, false);
      case VALUE.real32:
        return real(view.getFloat32(start, true));
      case VALUE.real64:
        return real(view.getFloat64(start, true));
      case VALUE.bool:
        return view.getUint32(start, true) !== 0;
      case VALUE.guid:
        return guid(chunk.bytes, start);
      case VALUE.filetime:
        return this.filetime.toIso(view.getUint32(start, true), view.getUint32(start + 4, true));
      case VALUE.systemtime:
        return systemtime(view, start);
      case VALUE.hexInt32:
        return hex32(view, start);
      case VALUE.hexInt64:
        return hex64(view, start);
      default:
        return undefined;
    }
  }

  /** A size that the type does not have: nothing at all reads as null, anything else as its bytes. */
  #oddSize(chunk: Chunk, type: number, start: number, size: number): FieldValue | undefined {
    if (size === 0) return null;
    return fixedSize(type) === 0 && type !== VALUE.sizeT && type !== VALUE.evtHandle
      ? undefined
      : hexUpper(chunk.bytes, start, size);
  }

  #readArray(chunk: Chunk, type: number, start: number, size: number): FieldValue | undefined {
    const end = start + size;
    if (type === VALUE.string) return this.#readStrings(chunk, start, end);
    if (type === VALUE.ansiString) return ansiStrings(chunk.bytes, start, end);
    const values: FieldValue[] = [];
    let at = start;
    while (at < end) {
      const step =
        type === VALUE.sid
          ? sidBytes(chunk, at, end)
          : fixedSize(type === VALUE.sizeT ? VALUE.hexInt64 : type);
      if (step === 0 || at + step > end) return hexUpper(chunk.bytes, start, size);
      values.push(this.read(chunk, type, at, step) ?? null);
      at += step;
    }
    return values;
  }

  /** Strings of an array end in NUL; the last one may not. */
  #readStrings(chunk: Chunk, start: number, end: number): FieldValue {
    const values: string[] = [];
    let from = start;
    for (let at = start; at + 1 < end; at += 2) {
      if (chunk.view.getUint16(at, true) !== 0) continue;
      values.push(this.text.read(chunk.bytes, from, (at - from) >> 1));
      from = at + 2;
    }
    if (from + 1 < end) values.push(this.text.read(chunk.bytes, from, (end - from) >> 1));
    return values;
  }
}

/** Writers use the system's code page; Windows-1252's printable range is that of Latin-1 for most text. */
function ansi(bytes: Buffer, start: number, size: number): string {
  return bytes.toString('latin1', start, start + size).replace(/\0+$/, '');
}

function ansiStrings(bytes: Buffer, start: number, end: number): FieldValue {
  return ansi(bytes, start, end - start).split('\0');
}

function anyBit(bytes: Buffer, start: number, size: number): boolean {
  for (let at = start; at < start + size; at++) if (bytes[at] !== 0) return true;
  return false;
}

function hexUpper(bytes: Buffer, start: number, size: number): string {
  return bytes.toString('hex', start, start + size).toUpperCase();
}

function hex32(view: DataView, start: number): string {
  return `0x${view.getUint32(start, true).toString(16)}`;
}

function hex64(view: DataView, start: number): string {
  const low = view.getUint32(start, true);
  const high = view.getUint32(start + 4, true);
  if (high === 0) return `0x${low.toString(16)}`;
  return `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
}

function int64(view: DataView, start: number, signed: boolean): number | string {
  const high = signed ? view.getInt32(start + 4, true) : view.getUint32(start + 4, true);
  const value = high * TWO_32 + view.getUint32(start, true);
  if (Number.isSafeInteger(value)) return value;
  return String(signed ? view.getBigInt64(start, true) : view.getBigUint64(start, true));
}

/** JSON has no NaN and no infinity, and fields end up in JSON. */
function real(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function guid(bytes: Buffer, start: number): string {
  const hex = (index: number): string => HEX_BYTES[bytes[start + index] ?? 0] ?? '';
  return (
    `${hex(3)}${hex(2)}${hex(1)}${hex(0)}-${hex(5)}${hex(4)}-${hex(7)}${hex(6)}-${hex(8)}${hex(9)}-` +
    `${hex(10)}${hex(11)}${hex(12)}${hex(13)}${hex(14)}${hex(15)}`
  );
}

function sidBytes(chunk: Chunk, start: number, end: number): number {
  return start + 8 <= end ? 8 + 4 * chunk.view.getUint8(start + 1) : 0;
}

/** [MS-DTYP] 2.4.2: revision, count, authority as six big-endian bytes, then `count` 32-bit numbers. */
function sid(chunk: Chunk, start: number, size: number): FieldValue {
  if (size === 0) return null;
  const { view } = chunk;
  const length = sidBytes(chunk, start, start + size);
  if (length === 0 || length > size) return hexUpper(chunk.bytes, start, size);
  const authority = view.getUint16(start + 2) * TWO_32 + view.getUint32(start + 4);
  let text = `S-${view.getUint8(start)}-${authority}`;
  for (let at = start + 8; at < start + length; at += 4) text += `-${view.getUint32(at, true)}`;
  return text;
}

/** Year, month, weekday, day, hour, minute, second, millisecond; each 16 bits. */
function systemtime(view: DataView, start: number): string {
  const part = (index: number, width: number): string =>
    String(view.getUint16(start + 2 * index, true)).padStart(width, '0');
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}000Z`;
}
