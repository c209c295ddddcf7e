import { ByteWindow } from './byte-window.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** One line of a byte stream. */
export interface Line {
  /** The line without its end, at most the splitter's limit. Valid only while the line is being handled. */
  readonly bytes: Buffer;
  readonly offset: number;
  /** Length of the whole line without its end, also where `bytes` was cut. */
  readonly length: number;
  readonly truncated: boolean;
}

/**
 * Splits a stream into lines at LF or CRLF and keeps at most `maxBytes` of each. The limit counts bytes before
 * anything is decoded: growing a string until a newline comes cost 38 s and 515 MB for one line of 100 MB
 * (reliability L9), this costs a copy of the first `maxBytes`.
 */
export class LineSplitter {
  private readonly maxBytes: number;
  private readonly head = new ByteWindow();
  private offset = 0;
  private length = 0;
  private lastByte = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  push(chunk: Uint8Array, handle: (line: Line) => void): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let at = 0;
    for (let newline = bytes.indexOf(NEWLINE); newline !== -1; newline = bytes.indexOf(NEWLINE, at)) {
      this.take(bytes.subarray(at, newline));
      this.finish(handle);
      this.offset += 1;
      at = newline + 1;
    }
    this.take(bytes.subarray(at));
  }

  /** The input is over: hands out what follows the last newline, if anything. */
  end(handle: (line: Line) => void): void {
    if (this.length > 0) this.finish(handle);
  }

  private take(part: Buffer): void {
    if (part.length === 0) return;
    const room = this.maxBytes - this.head.bytes.length;
    if (room > 0) this.head.append(part.length > room ? part.subarray(0, room) : part);
    this.length += part.length;
    this.lastByte = part[part.length - 1] ?? 0;
  }

  private finish(handle: (line: Line) => void): void {
    const length = this.length > 0 && this.lastByte === CARRIAGE_RETURN ? this.length - 1 : this.length;
    const kept = this.head.bytes;
    handle({
      bytes: length < kept.length ? kept.subarray(0, length) : kept,
      offset: this.offset,
      length,
      truncated: length > kept.length,
    });
    this.head.drop(kept.length);
    this.offset += this.length;
    this.length = 0;
    this.lastByte = 0;
  }
}
