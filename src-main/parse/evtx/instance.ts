import type { Chunk } from './chunk.ts';

/** Next definition (4), GUID (16), size of the fragment that follows (4). */
export const DEFINITION_HEADER_BYTES = 24;
/** Token (1), version (1), template id (4), offset of the definition (4). */
const INSTANCE_HEADER_BYTES = 10;

/**
 * The values that one use of a template fills in: for each substitution where its bytes are in the chunk and its
 * type. Kept and refilled, one per level of nesting, so that a record allocates none.
 */
export class SubstitutionTable {
  count = 0;
  /** First four bytes of the template's GUID, repeated by each use. */
  templateId = 0;
  /** Offset in the chunk of the template's definition. */
  definitionOffset = 0;
  starts = new Int32Array(64);
  sizes = new Int32Array(64);
  types = new Uint8Array(64);

  /**
   * Reads the template instance whose token is at `at`. Returns where it ends, or 0 where it does not fit before
   * `end`. Offsets only ever grow, so a definition that points to itself cannot loop.
   */
  readInstance(chunk: Chunk, at: number, end: number): number {
    const descriptors = descriptorsStart(chunk, at, end);
    if (descriptors === 0) return 0;
    this.templateId = chunk.view.getUint32(at + 2, true);
    this.definitionOffset = chunk.view.getUint32(at + 6, true);
    const count = chunk.view.getUint32(descriptors - 4, true);
    let start = descriptors + 4 * count;
    if (start > end) return 0;
    if (count > this.starts.length) this.#grow(count);
    for (let index = 0, from = descriptors; index < count; index++, from += 4) {
      const size = chunk.view.getUint16(from, true);
      this.starts[index] = start;
      this.sizes[index] = size;
      this.types[index] = chunk.view.getUint8(from + 2);
      start += size;
    }
    this.count = count;
    return start <= end ? start : 0;
  }

  #grow(count: number): void {
    this.starts = new Int32Array(count);
    this.sizes = new Int32Array(count);
    this.types = new Uint8Array(count);
  }
}

/** End of the template instance whose token is at `at`; 0 where it does not fit before `end`. */
export function skipInstance(chunk: Chunk, at: number, end: number): number {
  const descriptors = descriptorsStart(chunk, at, end);
  if (descriptors === 0) return 0;
  const count = chunk.view.getUint32(descriptors - 4, true);
  let valuesEnd = descriptors + 4 * count;
  if (valuesEnd > end) return 0;
  for (let from = descriptors; from < descriptors + 4 * count; from += 4) {
    valuesEnd += chunk.view.getUint16(from, true);
  }
  return valuesEnd <= end ? valuesEnd : 0;
}

/** Where the descriptors of the values start; the count of them lies in the four bytes before. */
function descriptorsStart(chunk: Chunk, at: number, end: number): number {
  let next = at + INSTANCE_HEADER_BYTES;
  if (next + 4 > end) return 0;
  if (chunk.view.getUint32(at + 6, true) === next) {
    if (next + DEFINITION_HEADER_BYTES + 4 > end) return 0;
    next += DEFINITION_HEADER_BYTES + chunk.view.getUint32(next + 20, true);
    if (next + 4 > end) return 0;
  }
  return next + 4;
}
