import type { OnHit, ScanResult } from './literal-automaton.ts';
import { ASCII } from './literal-tree.ts';

/** Lower-case ASCII of each ASCII code. */
const LOWER = Uint8Array.from({ length: ASCII }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

interface Candidate {
  readonly literal: string;
  readonly payloads: number[];
}

/**
 * Finds a few literals without reading every character (Wu and Manber, 1994, with blocks of two): it looks at
 * the end of a window as long as the shortest literal, and if no literal has that pair of characters there, it
 * moves on by as much as no literal can lose. Four times as fast as the automaton over the whole records that
 * keyword rules search; useless for many or short literals.
 */
export class SkipScanner {
  readonly #window: number;
  /** By pair of characters, capitals too: how far the window may move; 0 where a literal's window ends so. */
  readonly #shifts = new Uint8Array(ASCII * ASCII);
  readonly #candidates = new Map<number, Candidate[]>();

  /** @param literals folded ASCII, each at least two characters. */
  constructor(literals: ReadonlyMap<string, number[]>) {
    const lengths = Array.from(literals.keys(), ({ length }) => length);
    this.#window = Math.min(...lengths, 255);
    this.#shifts.fill(this.#window - 1);
    for (const [literal, payloads] of literals) this.#enter(literal, payloads);
    this.#shiftCapitals();
  }

  get sizeBytes(): number {
    return this.#shifts.byteLength;
  }

  /**
   * As `LiteralAutomaton.scan`. It may skip a character beyond ASCII, but none that is part of a literal
   * once folded: the literal's other characters lead the window onto it.
   */
  scan(text: string, isFolded: boolean, onHit: OnHit): ScanResult {
    const shifts = this.#shifts;
    const { length } = text;
    let end = this.#window - 1;
    while (end < length) {
      const left = text.charCodeAt(end - 1);
      const right = text.charCodeAt(end);
      if ((left | right) >= ASCII) {
        if (!isFolded) return 'not_ascii';
        end++;
        continue;
      }
      const pair = (left << 7) | right;
      const shift = shifts[pair] ?? 0;
      if (shift > 0) end += shift;
      else {
        const result = this.#compare(text, end, isFolded, onHit);
        if (result !== 'done') return result;
        end++;
      }
    }
    return 'done';
  }

  /** Compares the literals whose window may end with the pair of characters that ends at `end`. */
  #compare(text: string, end: number, isFolded: boolean, onHit: OnHit): ScanResult {
    const start = end - this.#window + 1;
    const pair = foldedPair(text.charCodeAt(end - 1), text.charCodeAt(end));
    for (const { literal, payloads } of this.#candidates.get(pair) ?? []) {
      let length = 0;
      while (length < literal.length) {
        const code = text.charCodeAt(start + length);
        if (code >= ASCII && !isFolded) return 'not_ascii';
        if ((code < ASCII ? LOWER[code] : code) !== literal.charCodeAt(length)) break;
        length++;
      }
      if (length === literal.length && onHit(payloads)) return 'stopped';
    }
    return 'done';
  }

  #enter(literal: string, payloads: number[]): void {
    let pair = 0;
    for (let at = 1; at < this.#window; at++) {
      pair = (literal.charCodeAt(at - 1) << 7) | literal.charCodeAt(at);
      this.#shifts[pair] = Math.min(this.#shifts[pair] ?? 0, this.#window - 1 - at);
    }
    const candidates = this.#candidates.get(pair);
    if (candidates === undefined) this.#candidates.set(pair, [{ literal, payloads }]);
    else candidates.push({ literal, payloads });
  }

  /** Gives each pair with capitals the shift of the pair without, so that scanning folds nothing. */
  #shiftCapitals(): void {
    for (let pair = 0; pair < this.#shifts.length; pair++) {
      this.#shifts[pair] = this.#shifts[foldedPair(pair >> 7, pair & 127)] ?? 0;
    }
  }
}

function foldedPair(left: number, right: number): number {
  return ((LOWER[left] ?? 0) << 7) | (LOWER[right] ?? 0);
}
