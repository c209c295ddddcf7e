/**
 * Numbers of one chunk. With 512, adding to 100,000 numbers moves at most 4 KB and skips 400 chunks; a tree
 * would do fewer steps and lose them again to pointers.
 */
const CHUNK = 512;

/** Numbers in ascending order; equal ones are kept as often as they were added. */
export class SortedNumbers {
  readonly #chunks: number[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(number: number): void {
    const at = this.#chunkFor(number);
    const chunk = this.#chunks[at];
    if (chunk === undefined) this.#chunks.push([number]);
    else {
      chunk.splice(lowerBound(chunk, number), 0, number);
      if (chunk.length > CHUNK) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK / 2));
    }
    this.#size += 1;
  }

  /** Takes out one of those equal to `number`; there is one. */
  remove(number: number): void {
    const at = this.#chunkFor(number);
    const chunk = this.#chunks[at] ?? [];
    chunk.splice(lowerBound(chunk, number), 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
  }

  /** The number at `rank`, counted from 0; NaN where there is none. */
  at(rank: number): number {
    let before = 0;
    for (const chunk of this.#chunks) {
      if (rank < before + chunk.length) return chunk[rank - before] ?? Number.NaN;
      before += chunk.length;
    }
    return Number.NaN;
  }

  /** The first chunk whose last number is not below `number`, else the last. */
  #chunkFor(number: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle]?.at(-1) ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low);
  }
}

function lowerBound(numbers: readonly number[], number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
