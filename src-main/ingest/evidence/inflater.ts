import { createInflateRaw } from 'node:zlib';

/**
 * Packed bytes given to zlib at a time. Deflate expands at most 1,032 times, so no more than 16 MiB of output waits
 * before the limits are looked at again.
 */
const STEP_BYTES = 16 * 1024;

/** Output is handed over in pieces of this size; what zlib holds when the stream breaks is at most one. */
const OUTPUT_BYTES = 64 * 1024;

/**
 * Inflates one raw deflate stream step by step. Node's streams drop what they have buffered when the input turns
 * out to be damaged; here everything that came out before is handed over first.
 */
export class Inflater {
  /** True behind the stream's last block. */
  ended = false;
  /** What is wrong with the input; null while nothing is. */
  failure: string | null = null;
  readonly #zlib = createInflateRaw({ chunkSize: OUTPUT_BYTES });
  #output: Buffer[] = [];
  #settle: () => void = () => undefined;

  constructor() {
    this.#zlib.on('data', (bytes: Buffer) => this.#output.push(bytes));
    this.#zlib.on('end', () => {
      this.ended = true;
      this.#settle();
    });
    this.#zlib.on('error', (error) => {
      this.failure = error.message;
      this.#settle();
    });
  }

  /** Packed bytes that belonged to the stream so far. */
  get consumedBytes(): number {
    return this.#zlib.bytesWritten;
  }

  /** Inflates `packed` until it, or the stream, ends or breaks. */
  async *write(packed: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < packed.length && this.#isOpen(); at += STEP_BYTES) {
      await this.#settled((done) => this.#zlib.write(packed.subarray(at, at + STEP_BYTES), done));
      yield* this.#taken();
    }
  }

  /** The input is over. Afterwards `ended` or `failure` says whether the stream was whole. */
  async *finish(): AsyncGenerator<Buffer> {
    if (this.#isOpen()) await this.#settled(() => this.#zlib.end());
    yield* this.#taken();
  }

  close(): void {
    this.#zlib.destroy();
  }

  #isOpen(): boolean {
    return !this.ended && this.failure === null;
  }

  async #settled(step: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      step(resolve);
    });
    // The write is done when its last output is; the stream hands that over in a later turn.
    while (this.#isOpen() && this.#zlib.readableLength > 0) await new Promise(setImmediate);
  }

  #taken(): Buffer[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }
}
