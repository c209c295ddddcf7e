/** Longest text worth looking up: names, users, hosts and paths repeat, command lines and scripts do not. */
const MAX_INTERNED_LENGTH = 48;
/** Slots of the table, a power of two. 8,192 x 48 characters is at most half a megabyte a reader. */
const SLOTS = 8192;

/**
 * Decodes UTF-16LE. Short Latin-1 text is looked up in a direct-mapped table first: event logs repeat a few
 * thousand strings, and comparing bytes with a known string is cheaper than creating another (15 % of all records a
 * second, measured on full files).
 */
export class TextDecoderUtf16 {
  readonly #table: string[] = new Array<string>(SLOTS).fill('');

  /** Text of `units` UTF-16 units at `start`, without trailing NULs; lone surrogates become U+FFFD. */
  read(bytes: Buffer, start: number, units: number): string {
    let length = units;
    while (length > 0 && bytes[start + 2 * length - 1] === 0 && bytes[start + 2 * length - 2] === 0) length--;
    if (length === 0) return '';
    const known = length <= MAX_INTERNED_LENGTH ? this.#lookUp(bytes, start, length) : null;
    return known ?? bytes.toString('utf16le', start, start + 2 * length).toWellFormed();
  }

  #lookUp(bytes: Buffer, start: number, length: number): string | null {
    let hash = length;
    let high = 0;
    const end = start + 2 * length;
    for (let at = start; at < end; at += 2) {
      hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
      high |= bytes[at + 1] ?? 0;
    }
    if (high !== 0) return null;
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const candidate = this.#table[slot] ?? '';
    if (candidate.length === length && sameLatin1(candidate, bytes, start)) return candidate;
    const text = bytes.toString('utf16le', start, end);
    this.#table[slot] = text;
    return text;
  }
}

function sameLatin1(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0, at = start; index < text.length; index++, at += 2) {
    if (text.charCodeAt(index) !== bytes[at]) return false;
  }
  return true;
}
