const LF = 0x0a;
const CR = 0x0d;

/** One line without its end. */
export interface Line {
  /** A copy, at most the splitter's cap. */
  readonly bytes: Uint8Array;
  /** Length before truncation, line end not counted. */
  readonly originalBytes: number;
  /** Bytes from the start of the line to behind its line end: what the line takes up in the stream. */
  readonly extentBytes: number;
}

/**
 * Cuts a stream at LF, and takes a CR before it as part of the line end. Other bytes pass untouched: NUL and
 * broken UTF-8 are evidence. Memory is bounded by `maxLineBytes`; of a longer line the first bytes are kept and
 * the rest is counted, so one endless line costs no more than one long line.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  /** The unfinished line from earlier pieces, in one growing buffer: many tiny pieces must not cost an object each. */
  #kept = new Uint8Array(0);
  #keptBytes = 0;
  #extentBytes = 0;
  /** Last byte of the unfinished line: a CR there belongs to the line end if LF follows in the next piece. */
  #lastByte = 0;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** Bytes of the unfinished line. */
  get pendingBytes(): number {
    return this.#extentBytes;
  }

  /** Takes the next bytes; returns the lines that they complete, empty ones too. Keeps no view of `bytes`. */
  push(bytes: Uint8Array): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      lines.push(this.#finish(bytes.subarray(start, end), 1));
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return lines;
  }

  /** The stream is over: returns the unfinished line, null when there is none. */
  end(): Line | null {
    return this.#extentBytes === 0 ? null : this.#finish(new Uint8Array(0), 0);
  }

  /** Forgets the unfinished line: the stream was replaced by another. */
  reset(): void {
    this.#kept = new Uint8Array(0);
    this.#keptBytes = 0;
    this.#extentBytes = 0;
    this.#lastByte = 0;
  }

  #keep(part: Uint8Array): void {
    this.#extentBytes += part.length;
    this.#lastByte = part.at(-1) ?? this.#lastByte;
    // One byte more than the cap is kept, so that a line of exactly the cap may still end in CR LF.
    const wanted = Math.min(this.#keptBytes + part.length, this.#maxLineBytes + 1);
    if (wanted > this.#kept.length) {
      const grown = new Uint8Array(Math.min(Math.max(wanted, this.#kept.length * 2), this.#maxLineBytes + 1));
      grown.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = grown;
    }
    this.#kept.set(part.subarray(0, wanted - this.#keptBytes), this.#keptBytes);
    this.#keptBytes = wanted;
  }

  /** Ends the line with its last part; `lineEndBytes` is 1 behind an LF. */
  #finish(last: Uint8Array, lineEndBytes: 0 | 1): Line {
    let content = last;
    if (this.#extentBytes > 0) {
      this.#keep(last);
      content = this.#kept.subarray(0, this.#keptBytes);
    }
    const extent = Math.max(this.#extentBytes, last.length);
    const lastByte = this.#extentBytes > 0 ? this.#lastByte : last.at(-1);
    const originalBytes = lineEndBytes === 1 && lastByte === CR ? extent - 1 : extent;
    // A typed array's constructor copies; Buffer.slice would only be a view of the caller's bytes.
    const bytes = new Uint8Array(content.subarray(0, Math.min(originalBytes, this.#maxLineBytes)));
    this.reset();
    return { bytes, originalBytes, extentBytes: extent + lineEndBytes };
  }
}
