const LF = 0x0a;
const CR = 0x0d;

/** One line of a byte stream. */
export interface Line {
  /** The line without its end, at most the splitter's limit. Valid only while the line is being handled. */
  readonly bytes: Buffer;
  /** Where the line begins in the stream. */
  readonly offset: number;
  /** Bytes of the whole line without its end, also where `bytes` was cut. */
  readonly length: number;
  /** Bytes that the line takes up in the stream, its end included. */
  readonly extentBytes: number;
  readonly truncated: boolean;
}

/**
 * Cuts a stream at LF, and takes a CR before it as part of the line end. Other bytes pass untouched: NUL and broken
 * UTF-8 are evidence. At most `maxBytes` of a line are kept and the rest is counted, before anything is decoded:
 * growing a string until a newline comes cost 38 s and 515 MB for one line of 100 MB (reliability L9).
 */
export class LineSplitter {
  readonly #maxBytes: number;
  /** The unfinished line from earlier pieces, in one growing buffer: many tiny pieces must not cost an object each. */
  #held = Buffer.alloc(0);
  #heldBytes = 0;
  /** Bytes of the unfinished line, also those that are not held. */
  #pendingBytes = 0;
  /** Last byte of the unfinished line: a CR there belongs to the line end if LF follows in the next piece. */
  #lastByte = 0;
  #offset = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Hands out the lines that `chunk` completes, empty ones too. Keeps no view of it. */
  push(chunk: Uint8Array, handle: (line: Line) => void): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      this.#finish(bytes.subarray(start, end), 1, handle);
      start = end + 1;
    }
    if (start < bytes.length) this.#hold(bytes.subarray(start));
  }

  /** The stream is over: hands out what follows the last line end, if anything. */
  end(handle: (line: Line) => void): void {
    if (this.#pendingBytes > 0) this.#finish(Buffer.alloc(0), 0, handle);
  }

  #hold(part: Buffer): void {
    this.#pendingBytes += part.length;
    this.#lastByte = part.at(-1) ?? this.#lastByte;
    const wanted = Math.min(this.#heldBytes + part.length, this.#maxBytes);
    if (wanted > this.#held.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(Math.max(wanted, this.#held.length * 2), this.#maxBytes));
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    part.copy(this.#held, this.#heldBytes, 0, wanted - this.#heldBytes);
    this.#heldBytes = wanted;
  }

  /** Ends the line with its last part; `endBytes` is 1 behind an LF. */
  #finish(last: Buffer, endBytes: 0 | 1, handle: (line: Line) => void): void {
    let content = last;
    let contentBytes = last.length;
    let lastByte = last.at(-1);
    if (this.#pendingBytes > 0) {
      this.#hold(last);
      content = this.#held.subarray(0, this.#heldBytes);
      contentBytes = this.#pendingBytes;
      lastByte = this.#lastByte;
    }
    const length = endBytes === 1 && lastByte === CR ? contentBytes - 1 : contentBytes;
    const extentBytes = contentBytes + endBytes;
    const offset = this.#offset;
    this.#offset += extentBytes;
    // Let go at once: a thousand connections must not each keep the room of their longest line.
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
    this.#pendingBytes = 0;
    const bytes = content.subarray(0, Math.min(length, this.#maxBytes));
    handle({ bytes, offset, length, extentBytes, truncated: length > this.#maxBytes });
  }
}
