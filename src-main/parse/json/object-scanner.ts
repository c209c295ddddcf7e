/**
 * Deepest nesting of a record. Real logs stay below 15 (CloudTrail, Kubernetes audit); what follows the parser
 * (JSON text of the fields, field lookup) recurses, so a record of 100,000 brackets must stop here.
 */
export const MAX_DEPTH = 64;

export type ScanState = 'open' | 'complete' | 'too_deep' | 'broken';

const OBJECT = 0;
const ARRAY = 1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COLON = 0x3a;
const COMMA = 0x2c;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
/** Stands for any literal, so that only the kind of the token before a brace has to be remembered. */
const LITERAL = 0x61;

/**
 * Finds where a JSON object ends, byte by byte, without decoding it and in constant memory. It knows just enough
 * grammar to notice an object that was cut off before the next one began: a newline inside a string, a brace
 * where none may stand, a bracket that closes something else. JSON.parse judges the rest.
 */
export class ObjectScanner {
  state: ScanState = 'open';
  readonly #stack = new Uint8Array(MAX_DEPTH);
  #depth = 0;
  #inString = false;
  #escaped = false;
  #last = LITERAL;

  /** Forgets everything: the next byte is the opening brace of an object. */
  reset(): void {
    this.state = 'open';
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#last = LITERAL;
  }

  /** As if the opening brace and some member of an object had been read: finds where its rest ends. */
  resetInsideObject(): void {
    this.reset();
    this.#stack[0] = OBJECT;
    this.#depth = 1;
  }

  /**
   * Reads `bytes` from `from` up to `to` while the object is open. Returns the index behind its closing brace, the
   * index of the byte that broke it, or `to`; `state` says which.
   */
  scan(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const byte = bytes[at] ?? 0;
      if (this.#inString) {
        at = this.#scanString(bytes, at, to);
        if (this.state === 'broken') return at;
        continue;
      }
      if (byte > 0x20) {
        this.#structural(byte);
        if (this.state === 'complete') return at + 1;
        if (this.state !== 'open') return at;
      }
      at += 1;
    }
    return at;
  }

  /** Reads on inside a string: most bytes of a log are there, so this loop keeps its state in locals. */
  #scanString(bytes: Uint8Array, from: number, to: number): number {
    let escaped = this.#escaped;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === NEWLINE) {
        this.state = 'broken';
        return at;
      }
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
    }
    this.#escaped = escaped;
    return to;
  }

  #structural(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#escaped = false;
        this.#last = LITERAL;
        return;
      case COLON:
      case COMMA:
        this.#last = byte;
        return;
      case BRACE_OPEN:
        this.#open(OBJECT);
        return;
      case BRACKET_OPEN:
        this.#open(ARRAY);
        return;
      case BRACE_CLOSE:
        this.#close(OBJECT);
        return;
      case BRACKET_CLOSE:
        this.#close(ARRAY);
        return;
      default:
        this.#last = LITERAL;
    }
  }

  #open(kind: number): void {
    if (!this.#mayOpen()) this.state = 'broken';
    else if (this.#depth === MAX_DEPTH) this.state = 'too_deep';
    else {
      this.#stack[this.#depth] = kind;
      this.#depth += 1;
      this.#last = BRACE_OPEN;
    }
  }

  #mayOpen(): boolean {
    if (this.#depth === 0 || this.#last === COLON) return true;
    const inArray = this.#stack[this.#depth - 1] === ARRAY;
    return inArray && (this.#last === COMMA || this.#last === BRACE_OPEN);
  }

  #close(kind: number): void {
    if (this.#stack[this.#depth - 1] !== kind) {
      this.state = 'broken';
      return;
    }
    this.#depth -= 1;
    this.#last = LITERAL;
    if (this.#depth === 0) this.state = 'complete';
  }
}
