import type { InputText } from './input-text.ts';
import { parseObject, type JsonObject } from './json-text.ts';
import { ObjectScanner } from './object-scanner.ts';
import { isIndent, isSpace, trimmedEnd, wrapperBody } from './grammar.ts';

/**
 * Largest record that is read. Windows limits an event to 64 KiB of data, CloudTrail to 256 KiB; 8 MiB leaves
 * room for script blocks that a shipper joined, and bounds what one hostile line can make us hold.
 */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024;

/** A record without a line end in sight is scanned in place once it is this long, instead of waiting for the end. */
const LINE_WAIT_CHARS = 64 * 1024;

/** Deepest indentation at which a lost record's successor is looked for. */
const MAX_COLUMN = 64;

const NEWLINE = 0x0a;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;

export type RejectReason = 'invalid_json' | 'record_truncated' | 'record_too_large' | 'too_deep';

/** Byte range of a record in the input, and what decoding did to it. */
export interface Frame {
  readonly offset: number;
  readonly length: number;
  readonly flags: readonly string[];
}

export interface FrameSink {
  /** Takes a parsed record; false when it is nested too deeply to be used. */
  record(value: JsonObject, frame: Frame): boolean;
  reject(reason: RejectReason, offset: number, length: number): void;
}

type Mode = 'between' | 'object' | 'oversize' | 'junk' | 'skip' | 'tail';

/**
 * Cuts a stream of JSON into its records: one a line, one after the other, members of arrays, or members of
 * `{"Records": [...]}`. A line that parses as a whole is taken at once; everything else goes through the scanner.
 * Both give the same records, so where a chunk ends never shows in the result.
 *
 * A record that breaks is given up at the next line that starts an object no deeper indented than it did: in
 * NDJSON that is the next line, in printed JSON the next record. All indices count characters of the window.
 */
export class RecordFramer {
  readonly #input: InputText;
  readonly #sink: FrameSink;
  readonly #scanner = new ObjectScanner();
  #mode: Mode = 'between';
  /** Byte offset of the window's first character. */
  #baseBytes: number;
  #position = 0;
  #lineStart = 0;
  /** Where the record began, or where the first rejected character stands; may lie before the window. */
  #start = 0;
  #scanned = 0;
  /** Up to here no line end was found, or the line was tried as a whole and failed. */
  #lineTried = 0;
  #inWrapper = false;
  #skipReason: RejectReason = 'invalid_json';

  constructor(input: InputText, offset: number, sink: FrameSink) {
    this.#input = input;
    this.#baseBytes = offset;
    this.#sink = sink;
  }

  /** Takes what the input holds by now as far as it goes; `atEnd` when nothing follows. */
  run(atEnd: boolean): void {
    while (this.#step(atEnd));
    this.#forget(this.#mode === 'object' ? this.#start : this.#position);
  }

  /** One transition; false when more input is needed. */
  #step(atEnd: boolean): boolean {
    switch (this.#mode) {
      case 'between':
        return this.#between(atEnd);
      case 'object':
        return this.#object(atEnd);
      case 'oversize':
        return this.#oversize(atEnd);
      case 'junk':
        return this.#junk(atEnd);
      case 'skip':
        return this.#skip(atEnd);
      case 'tail':
        return this.#tail(atEnd);
    }
  }

  #between(atEnd: boolean): boolean {
    const { shape } = this.#input;
    for (; this.#position < shape.length; this.#position += 1) {
      const byte = shape[this.#position] ?? 0;
      if (byte === BRACE_OPEN) return this.#beginObject(shape, atEnd);
      if (byte === NEWLINE) this.#lineStart = this.#position + 1;
      else if (byte === BRACKET_CLOSE && this.#inWrapper) return this.#beginTail();
      else if (!isSpace(byte) && byte !== BRACKET_OPEN && byte !== BRACKET_CLOSE) {
        this.#start = this.#position;
        this.#mode = 'junk';
        return true;
      }
    }
    if (atEnd && this.#inWrapper) {
      this.#inWrapper = false;
      this.#reject('record_truncated', this.#position, this.#position);
    }
    return false;
  }

  #beginObject(shape: Buffer, atEnd: boolean): boolean {
    const body = this.#inWrapper ? -1 : wrapperBody(shape, this.#position);
    if (body === null && !atEnd) return false;
    if (body !== null && body >= 0) {
      this.#inWrapper = true;
      this.#position = body;
      return true;
    }
    this.#start = this.#position;
    this.#scanned = this.#position;
    this.#scanner.reset();
    this.#mode = 'object';
    return true;
  }

  #object(atEnd: boolean): boolean {
    const { shape } = this.#input;
    if (this.#scanned === this.#start && this.#start >= this.#lineTried) {
      const newline = shape.indexOf(NEWLINE, this.#start);
      if (newline === -1 && !atEnd && shape.length - this.#start < LINE_WAIT_CHARS) return false;
      const lineEnd = newline === -1 ? shape.length : newline;
      if ((newline !== -1 || atEnd) && this.#takeLine(lineEnd)) return true;
      this.#lineTried = lineEnd;
    }
    const limit = Math.min(shape.length, this.#start + MAX_RECORD_BYTES);
    this.#scanned = this.#scanner.scan(shape, this.#scanned, limit);
    if (this.#scanner.state === 'complete') return this.#finishObject();
    if (this.#scanner.state === 'broken') return this.#giveUp('invalid_json');
    if (this.#scanner.state === 'too_deep') return this.#giveUp('too_deep');
    if (this.#scanned - this.#start >= MAX_RECORD_BYTES) {
      this.#position = this.#scanned;
      this.#mode = 'oversize';
      return true;
    }
    return atEnd && this.#giveUp('record_truncated');
  }

  /** Takes the line up to `lineEnd` if it is one whole record: what the scanner would find, at native speed. */
  #takeLine(lineEnd: number): boolean {
    const end = trimmedEnd(this.#input.shape, this.#start, lineEnd);
    if (this.#input.shape[end - 1] !== BRACE_CLOSE || end - this.#start > MAX_RECORD_BYTES) return false;
    const { text, valid } = this.#input.text(this.#start, end);
    let value: JsonObject;
    try {
      // An object, as the text begins with a brace.
      value = JSON.parse(text) as JsonObject;
    } catch {
      return false;
    }
    const flags = valid ? NO_FLAGS : [this.#input.invalidFlag];
    if (!this.#sink.record(value, this.#frame(this.#start, end, flags))) return false;
    this.#continueAt(end);
    return true;
  }

  #finishObject(): true {
    const { text, valid } = this.#input.text(this.#start, this.#scanned);
    const parsed = parseObject(text);
    const flags = valid ? [] : [this.#input.invalidFlag];
    if (parsed === null) this.#reject('invalid_json', this.#start, this.#scanned);
    else if (
      !this.#sink.record(parsed.value, this.#frame(this.#start, this.#scanned, [...flags, ...parsed.flags]))
    ) {
      this.#reject('too_deep', this.#start, this.#scanned);
    }
    return this.#continueAt(this.#scanned);
  }

  /** A record too large to hold: reads on without keeping it. */
  #oversize(atEnd: boolean): boolean {
    const { shape } = this.#input;
    this.#position = this.#scanner.scan(shape, this.#position, shape.length);
    if (this.#scanner.state === 'complete' || (this.#scanner.state === 'open' && atEnd)) {
      this.#reject('record_too_large', this.#start, this.#position);
      return this.#continueAt(this.#position);
    }
    if (this.#scanner.state === 'open') return false;
    this.#skipReason = 'record_too_large';
    this.#mode = 'skip';
    return true;
  }

  /** Something that is no object: given up to the end of its line. */
  #junk(atEnd: boolean): boolean {
    const newline = this.#input.shape.indexOf(NEWLINE, this.#position);
    this.#position = newline === -1 ? this.#input.shape.length : newline;
    if (newline === -1 && !atEnd) return false;
    this.#reject('invalid_json', this.#start, this.#position);
    return this.#continueAt(this.#position);
  }

  /** Gives the current record up and looks for the next from the end of the line that it began on. */
  #giveUp(reason: RejectReason): true {
    const newline = this.#input.shape.indexOf(NEWLINE, this.#start);
    this.#position = newline === -1 ? this.#scanned : Math.min(newline, this.#scanned);
    this.#skipReason = reason;
    this.#mode = 'skip';
    return true;
  }

  #skip(atEnd: boolean): boolean {
    const { shape } = this.#input;
    const column = Math.min(Math.max(this.#start - this.#lineStart, 0), MAX_COLUMN);
    for (;;) {
      const newline = shape.indexOf(NEWLINE, this.#position);
      this.#position = newline === -1 ? shape.length : newline;
      let at = newline + 1;
      while (newline !== -1 && at - newline - 1 < column && isIndent(shape[at])) at += 1;
      if (newline === -1 || at >= shape.length) {
        if (!atEnd) return false;
        this.#position = shape.length;
      } else if (shape[at] !== BRACE_OPEN && shape[at] !== BRACKET_OPEN) {
        this.#position = newline + 1;
        continue;
      }
      this.#reject(this.#skipReason, this.#start, this.#position);
      return this.#continueAt(this.#position);
    }
  }

  #beginTail(): true {
    this.#inWrapper = false;
    this.#position += 1;
    this.#scanner.resetInsideObject();
    this.#mode = 'tail';
    return true;
  }

  /** What follows the array of a wrapper, up to its closing brace, belongs to no record. */
  #tail(atEnd: boolean): boolean {
    const { shape } = this.#input;
    const from = this.#position;
    this.#position = this.#scanner.scan(shape, from, shape.length);
    if (this.#scanner.state === 'open') return atEnd && this.#continueAt(this.#position);
    if (this.#scanner.state === 'complete') return this.#continueAt(this.#position);
    this.#start = this.#position;
    this.#skipReason = 'invalid_json';
    this.#mode = 'skip';
    return true;
  }

  #continueAt(position: number): true {
    this.#position = position;
    this.#mode = 'between';
    return true;
  }

  #frame(from: number, to: number, flags: readonly string[]): Frame {
    const { unitBytes } = this.#input;
    return { offset: this.#baseBytes + from * unitBytes, length: (to - from) * unitBytes, flags };
  }

  #reject(reason: RejectReason, from: number, to: number): void {
    const { offset, length } = this.#frame(from, to, NO_FLAGS);
    this.#sink.reject(reason, offset, length);
  }

  /** Drops the window's characters before `keep` and moves every index with it. */
  #forget(keep: number): void {
    if (keep === 0) return;
    this.#input.drop(keep);
    this.#baseBytes += keep * this.#input.unitBytes;
    this.#position -= keep;
    this.#lineStart -= keep;
    this.#start -= keep;
    this.#scanned -= keep;
    this.#lineTried -= keep;
  }
}

const NO_FLAGS: readonly string[] = [];
