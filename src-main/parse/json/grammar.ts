const NUL = 0x00;
const RECORD_SEPARATOR = 0x1e;
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BRACKET_OPEN = 0x5b;
const LOWERCASE = 0x20;

const RECORDS = Buffer.from('records');

/** A wrapper's head is at most this long; longer white space before its array is not worth waiting for. */
const MAX_WRAPPER_HEAD = 256;

/**
 * True for what may stand between records and means nothing: white space, the commas of an array, NUL (a file that
 * grew before a crash ends in them) and the record separator of RFC 7464.
 */
export function isSpace(byte: number): boolean {
  return isWhiteSpace(byte) || byte === COMMA || byte === NUL || byte === RECORD_SEPARATOR;
}

/** Space or tab. */
export function isIndent(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** End of `bytes[from, to)` without the separators behind it. */
export function trimmedEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(bytes[end - 1] ?? 0)) end -= 1;
  return end;
}

/**
 * Index behind the opening bracket when the object at `at` begins `{"Records": [` (CloudTrail) or `{"records": [`
 * (Azure); -1 when it does not, null when the bytes end before that is known.
 */
export function wrapperBody(bytes: Uint8Array, at: number): number | null {
  const end = Math.min(bytes.length, at + MAX_WRAPPER_HEAD);
  const undecided = end === bytes.length ? null : -1;
  let next = afterSpace(bytes, at + 1, end);
  if (next < end && bytes[next] !== QUOTE) return -1;
  for (let index = 0; index < RECORDS.length; index += 1) {
    next += 1;
    if (next >= end) return undecided;
    const byte = bytes[next] ?? 0;
    if ((index === 0 ? byte | LOWERCASE : byte) !== RECORDS[index]) return -1;
  }
  next += 1;
  for (const expected of [QUOTE, COLON, BRACKET_OPEN]) {
    if (expected !== QUOTE) next = afterSpace(bytes, next, end);
    if (next >= end) return undecided;
    if (bytes[next] !== expected) return -1;
    next += 1;
  }
  return next;
}

function afterSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isWhiteSpace(bytes[at])) at += 1;
  return at;
}
