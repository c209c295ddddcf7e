/** Smallest storage of a window: one read of a file stream, so ordinary input grows it once. */
const MIN_CAPACITY_BYTES = 64 * 1024;

/**
 * The bytes of a stream that a reader still needs: chunks are appended behind, understood bytes dropped in front.
 * A chunk is copied only when a record crosses its edge, and storage at least doubles, so one-byte pieces cost
 * linear time. `bytes` is valid until the next call; nothing may keep a view of it.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  #storage: Buffer = this.bytes;
  #start = 0;
  #end = 0;
  /** False while the storage is the caller's chunk, which must not be written to. */
  #owned = false;

  append(chunk: Uint8Array): void {
    if (this.#start === this.#end) {
      this.#storage = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      this.#owned = false;
      this.#start = 0;
      this.#end = chunk.length;
    } else {
      this.#makeRoom(chunk.length);
      this.#storage.set(chunk, this.#end);
      this.#end += chunk.length;
    }
    this.bytes = this.#storage.subarray(this.#start, this.#end);
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    this.#start += count;
    this.bytes = this.#storage.subarray(this.#start, this.#end);
  }

  #makeRoom(more: number): void {
    if (this.#owned && this.#end + more <= this.#storage.length) return;
    const kept = this.#end - this.#start;
    const target =
      // Moving only when half is free keeps the cost of moving below the cost of having filled it.
      this.#owned && this.#start >= this.#storage.length / 2 && kept + more <= this.#storage.length
        ? this.#storage
        : Buffer.allocUnsafe(Math.max(MIN_CAPACITY_BYTES, 2 * (kept + more)));
    this.#storage.copy(target, 0, this.#start, this.#end);
    this.#storage = target;
    this.#owned = true;
    this.#start = 0;
    this.#end = kept;
  }
}
