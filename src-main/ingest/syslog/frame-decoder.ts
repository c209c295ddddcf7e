import { LineSplitter, type Line } from '../../pipeline/line-splitter.ts';
import type { ReceiptFlag } from '../receiver.ts';

/** One syslog message out of a TCP stream. */
export interface Frame {
  /** A copy. */
  readonly bytes: Uint8Array;
  readonly originalBytes: number;
  readonly flags: readonly ReceiptFlag[];
}

export type FramingFault = 'bad_octet_count' | 'frame_too_large';

/** What pushed bytes gave. After a fault the stream has lost its frame boundaries: the connection must be closed. */
export interface Decoded {
  readonly frames: readonly Frame[];
  readonly fault: FramingFault | null;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const LESS_THAN = 0x3c;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** A count has at most as many digits as the largest u32; more is no count (and never a number to trust). */
const MAX_COUNT_DIGITS = 10;

type Framing = 'undecided' | 'octets' | 'lines';

/**
 * Syslog framing over TCP, RFC 6587. The first frame decides for the connection: `MSG-LEN SP <` means octet
 * counting (3.4.1), anything else newline framing (3.4.2), for good: a line that merely looks like a count may
 * be a sender's text. On a counting connection a frame that starts with `<` instead of a count is read to its
 * newline and flagged, as some senders mix both. An octet-counted frame is never split again, whatever newlines
 * it holds: its text could otherwise forge another host's record.
 */
export class FrameDecoder {
  readonly #maxFrameBytes: number;
  readonly #lines: LineSplitter;
  #framing: Framing = 'undecided';
  #inLine = false;
  /** The digits (and a little more) of a frame header that is not complete yet. */
  #header: Uint8Array = new Uint8Array(0);
  #body: { readonly bytes: Uint8Array; filled: number; readonly counted: number } | null = null;
  #fault: FramingFault | null = null;

  constructor(maxFrameBytes: number) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#lines = new LineSplitter(maxFrameBytes);
  }

  /** Bytes of the unfinished frame. */
  get pendingBytes(): number {
    return this.#header.length + this.#lines.pendingBytes + (this.#body?.filled ?? 0);
  }

  /** Takes the next bytes of the stream. Keeps no view of them. Same frames however the stream is cut. */
  push(bytes: Uint8Array): Decoded {
    const frames: Frame[] = [];
    let rest = this.#header.length === 0 ? bytes : Buffer.concat([this.#header, bytes]);
    this.#header = new Uint8Array(0);
    while (rest.length > 0 && this.#fault === null) rest = this.#step(rest, frames);
    return { frames, fault: this.#fault };
  }

  /** The connection is over: what was left of a frame, flagged `partial`. */
  end(): Decoded {
    const frames: Frame[] = [];
    this.#lines.end((line) => addLine(frames, line, ['partial']));
    if (this.#body !== null) frames.push(partial(this.#body.bytes.slice(0, this.#body.filled)));
    if (this.#header.length > 0) frames.push(partial(new Uint8Array(this.#header)));
    this.#body = null;
    this.#header = new Uint8Array(0);
    return { frames, fault: null };
  }

  /** Consumes the front of `rest`; returns what is left of it. */
  #step(rest: Uint8Array, frames: Frame[]): Uint8Array {
    if (this.#framing === 'lines') {
      this.#lines.push(rest, (line) => addLine(frames, line, []));
      return rest.subarray(rest.length);
    }
    if (this.#body !== null) return this.#fillBody(rest, frames);
    if (this.#inLine) return this.#oneLine(rest, frames);
    return this.#startFrame(rest);
  }

  #startFrame(rest: Uint8Array): Uint8Array {
    const first = rest[0];
    // Some counting senders end each frame with a newline that the count does not cover.
    if (this.#framing === 'octets' && (first === LF || first === CR)) return rest.subarray(1);
    if (this.#framing === 'octets' && first === LESS_THAN) {
      this.#inLine = true;
      return rest;
    }
    const header = readCount(rest);
    if (header.kind === 'incomplete') {
      this.#header = new Uint8Array(rest);
      return rest.subarray(rest.length);
    }
    if (this.#framing === 'undecided') {
      const next = header.kind === 'count' ? rest[header.headerBytes] : undefined;
      if (header.kind === 'count' && next === undefined) {
        this.#header = new Uint8Array(rest);
        return rest.subarray(rest.length);
      }
      this.#framing = next === LESS_THAN ? 'octets' : 'lines';
      return rest;
    }
    if (header.kind === 'none') this.#fault = 'bad_octet_count';
    else if (header.count > this.#maxFrameBytes) this.#fault = 'frame_too_large';
    else {
      this.#body = { bytes: new Uint8Array(header.count), filled: 0, counted: header.count };
      return rest.subarray(header.headerBytes);
    }
    return rest;
  }

  #fillBody(rest: Uint8Array, frames: Frame[]): Uint8Array {
    const body = this.#body;
    if (body === null) return rest;
    const part = rest.subarray(0, body.counted - body.filled);
    body.bytes.set(part, body.filled);
    body.filled += part.length;
    if (body.filled === body.counted) {
      frames.push({ bytes: body.bytes, originalBytes: body.counted, flags: [] });
      this.#body = null;
    }
    return rest.subarray(part.length);
  }

  #oneLine(rest: Uint8Array, frames: Frame[]): Uint8Array {
    const lineEnd = rest.indexOf(LF);
    const part = lineEnd === -1 ? rest : rest.subarray(0, lineEnd + 1);
    this.#lines.push(part, (line) => {
      addLine(frames, line, ['mixed_framing']);
      this.#inLine = false;
    });
    return rest.subarray(part.length);
  }
}

type CountHeader =
  | { readonly kind: 'count'; readonly count: number; readonly headerBytes: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'none' };

/** `MSG-LEN SP`: RFC 6587 section 3.4.1, NONZERO-DIGIT *DIGIT. */
function readCount(bytes: Uint8Array): CountHeader {
  let count = 0;
  for (let index = 0; index <= MAX_COUNT_DIGITS; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return { kind: 'incomplete' };
    if (byte === SPACE && index > 0) return { kind: 'count', count, headerBytes: index + 1 };
    if (byte < DIGIT_0 || byte > DIGIT_9 || (index === 0 && byte === DIGIT_0)) return { kind: 'none' };
    count = count * 10 + (byte - DIGIT_0);
  }
  return { kind: 'none' };
}

/** Blank lines between messages say nothing and are no records. */
function addLine(frames: Frame[], line: Line, flags: readonly ReceiptFlag[]): void {
  if (line.length === 0) return;
  const truncated: readonly ReceiptFlag[] = line.truncated ? ['truncated'] : [];
  frames.push({
    bytes: new Uint8Array(line.bytes),
    originalBytes: line.length,
    flags: [...flags, ...truncated],
  });
}

/** What came of a counted frame, or of its count, before the connection closed. */
function partial(bytes: Uint8Array): Frame {
  return { bytes, originalBytes: bytes.length, flags: ['partial'] };
}
