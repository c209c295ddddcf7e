import { MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FLOOR_BYTES } from './limits.ts';

/** What one outer file may unpack to: stops a bomb while it is small. */
export class UnpackBudget {
  /** Why nothing more is unpacked from this file; null while there is room. */
  refusal: string | null = null;
  #totalBytes = 0;
  #memberBytes = 0;

  /** A new member begins: the ratio counts for each alone, the total for all. */
  begin(): void {
    this.#memberBytes = 0;
  }

  /** Counts unpacked bytes; returns why they must not be used, null when they may. */
  spend(unpackedBytes: number, packedBytes: number): string | null {
    this.#totalBytes += unpackedBytes;
    this.#memberBytes += unpackedBytes;
    if (this.#totalBytes > MAX_UNPACKED_BYTES) {
      this.refusal ??= 'it unpacks to more than 2 GiB; unpack it yourself and import the parts that you need';
    } else if (this.#memberBytes > RATIO_FLOOR_BYTES && this.#memberBytes > MAX_RATIO * packedBytes) {
      return `it unpacks to more than ${MAX_RATIO} times its size, as decompression bombs do`;
    }
    return this.refusal;
  }
}
