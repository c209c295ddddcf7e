import { foldUnit } from '#shared/query/fold.ts';

/**
 * The text index: for each block of 256 consecutive events one array of bits, in which every run of three and
 * of four characters that occurs in the block (message, host, record, entities) has set the bit of its hash. A
 * block in which one bit of a searched word is clear cannot hold the word; the others are read and checked. The
 * index may say "perhaps" too often, never too seldom.
 *
 * Chosen over FTS5's trigram index by measurement (docs/decisions/0001-text-index.md).
 */
export const BLOCK_ROWS = 256;

/** 16 KiB a block, 64 bytes an event. Real Windows events set 7 % of the bits. */
export const BLOCK_BYTES = 16 * 1024;

const HASH_SHIFT = 32 - 17; // 2^17 bits
const SHORTEST_RUN = 3;
const LONGEST_RUN = 4;

/** Folded form of each UTF-16 unit, filled as units are met; 0 is "not yet". */
const folded = new Uint16Array(0x10000);

/** Sets the bits of all runs of a text. */
export function addText(bits: Uint8Array, text: string): void {
  let run = 0;
  for (let index = 0; index < text.length; index += 1) {
    run = (run << 8) | foldedByte(text.charCodeAt(index));
    if (index >= 2) setBit(bits, hash3(run));
    if (index >= 3) setBit(bits, hash4(run));
  }
}

/** Sets the bits of a value that is searched only as a whole. */
export function addKey(bits: Uint8Array, key: string): void {
  for (const bit of keyBits(key)) setBit(bits, bit);
}

/** Bits that are set in each block whose text contains `text`; none for text too short to be indexed. */
export function textBits(text: string): readonly number[] {
  const found: number[] = [];
  let run = 0;
  for (let index = 0; index < text.length; index += 1) {
    run = (run << 8) | foldedByte(text.charCodeAt(index));
    if (text.length === SHORTEST_RUN && index === SHORTEST_RUN - 1) found.push(hash3(run));
    if (index >= LONGEST_RUN - 1) found.push(hash4(run));
  }
  return found;
}

/** Bits of a key: two, so that a block rarely has both by chance. */
export function keyBits(key: string): readonly [number, number] {
  let first = 0x811c9dc5; // FNV-1a
  for (let index = 0; index < key.length; index += 1)
    first = Math.imul(first ^ foldedUnit(key.charCodeAt(index)), 0x01000193);
  return [
    Math.imul(first, 0x9e3779b1) >>> HASH_SHIFT,
    Math.imul(first ^ 0x5bd1e995, 0x85ebca6b) >>> HASH_SHIFT,
  ];
}

/** Whether a bit of an array is set; beyond its end none is. */
export function hasBit(bits: Uint8Array, bit: number): boolean {
  return ((bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

function setBit(bits: Uint8Array, bit: number): void {
  const index = bit >>> 3;
  bits[index] = (bits[index] ?? 0) | (1 << (bit & 7));
}

// Multipliers are odd 32-bit constants without pattern (golden ratio, MurmurHash3); the top 17 bits are kept.
function hash3(run: number): number {
  return Math.imul(run & 0xffffff, 0x9e3779b1) >>> HASH_SHIFT;
}

function hash4(run: number): number {
  return Math.imul(run, 0x85ebca6b) >>> HASH_SHIFT;
}

function foldedByte(unit: number): number {
  if (unit < 0x80) return unit >= 65 && unit <= 90 ? unit | 32 : unit;
  const lower = foldedUnit(unit);
  return (lower ^ (lower >>> 8)) & 0xff;
}

function foldedUnit(unit: number): number {
  const known = folded[unit];
  if (known !== undefined && known !== 0) return known;
  const lower = foldUnit(String.fromCharCode(unit)).charCodeAt(0);
  folded[unit] = lower;
  return lower;
}
