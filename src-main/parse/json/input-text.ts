import { TextDecoder } from 'node:util';
import { ByteWindow } from './byte-window.ts';
import { decodeUtf8, type DecodedText } from '../text.ts';

/**
 * The undecoded input as the framer sees it: one byte a character for everything that JSON's grammar knows, so
 * that one scanner serves all encodings. Positions count characters of `shape`; `unitBytes` turns them into bytes.
 */
export interface InputText {
  /** Valid until the next call. */
  readonly shape: Buffer;
  readonly unitBytes: number;
  /** Flag of a record whose bytes are not valid in this encoding. */
  readonly invalidFlag: string;
  append(chunk: Uint8Array): void;
  drop(count: number): void;
  text(from: number, to: number): DecodedText;
}

export class Utf8Text implements InputText {
  readonly unitBytes = 1;
  readonly invalidFlag = 'invalid_utf8';
  readonly #window = new ByteWindow();

  get shape(): Buffer {
    return this.#window.bytes;
  }

  append(chunk: Uint8Array): void {
    this.#window.append(chunk);
  }

  drop(count: number): void {
    this.#window.drop(count);
  }

  text(from: number, to: number): DecodedText {
    return decodeUtf8(this.#window.bytes, from, to);
  }
}

/** UTF-16 as PowerShell and Windows tools write it: code units beyond ASCII show as one opaque byte. */
export class Utf16Text implements InputText {
  readonly unitBytes = 2;
  readonly invalidFlag = 'invalid_utf16';
  readonly #shapes = new ByteWindow();
  readonly #raw = new ByteWindow();
  readonly #littleEndian: boolean;
  readonly #decoder: TextDecoder;
  /** First half of a code unit whose second half is still to come. */
  #half: number | null = null;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
    this.#decoder = new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be', { ignoreBOM: true });
  }

  get shape(): Buffer {
    return this.#shapes.bytes;
  }

  append(chunk: Uint8Array): void {
    const bytes = this.#half === null ? chunk : Buffer.concat([Uint8Array.of(this.#half), chunk]);
    const whole = bytes.length - (bytes.length % 2);
    this.#half = bytes[whole] ?? null;
    if (whole === 0) return;
    const shape = new Uint8Array(whole / 2);
    const low = this.#littleEndian ? 0 : 1;
    for (let unit = 0; unit < shape.length; unit += 1) {
      const ascii = bytes[2 * unit + 1 - low] === 0 && (bytes[2 * unit + low] ?? 0) < 0x80;
      shape[unit] = ascii ? (bytes[2 * unit + low] ?? 0) : 0x80;
    }
    this.#shapes.append(shape);
    this.#raw.append(bytes.subarray(0, whole));
  }

  drop(count: number): void {
    this.#shapes.drop(count);
    this.#raw.drop(2 * count);
  }

  text(from: number, to: number): DecodedText {
    const text = this.#decoder.decode(this.#raw.bytes.subarray(2 * from, 2 * to));
    return { text, valid: !text.includes('\ufffd') };
  }
}

/** Encoding of an input, told by its first bytes. */
export interface Encoding {
  readonly input: InputText;
  /** Length of the byte order mark. */
  readonly markBytes: number;
}

/** Bytes of the input that `encodingOf` needs to be sure. */
export const ENCODING_HEAD_BYTES = 4;

/** Encoding by byte order mark, else by the zero bytes that UTF-16 puts around an opening bracket. */
export function encodingOf(head: Uint8Array): Encoding {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { input: new Utf8Text(), markBytes: 3 };
  if (a === 0xff && b === 0xfe) return { input: new Utf16Text(true), markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { input: new Utf16Text(false), markBytes: 2 };
  if (opens(a) && b === 0 && c !== 0 && d === 0) return { input: new Utf16Text(true), markBytes: 0 };
  if (a === 0 && opens(b) && c === 0 && d !== 0) return { input: new Utf16Text(false), markBytes: 0 };
  return { input: new Utf8Text(), markBytes: 0 };
}

function opens(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}
