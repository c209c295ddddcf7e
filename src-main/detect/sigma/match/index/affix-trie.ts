import type { OnHit, ScanResult } from './literal-automaton.ts';
import { ASCII, type Endings, type LiteralTree } from './literal-tree.ts';

export interface AffixEndings {
  /** Of literals that a text may begin (or end) with. */
  readonly partial: Endings;
  /** Of literals that a text must equal. */
  readonly whole: Endings;
}

/**
 * Finds which of many literals a text begins with, ends with or equals, case ignored. It reads only as far
 * as some literal still fits, which is a few characters for most texts.
 */
export class AffixTrie {
  readonly #classOf: Uint8Array;
  readonly #table: Int32Array;
  readonly #width: number;
  readonly #isBackwards: boolean;
  readonly #partial: readonly (readonly number[] | undefined)[];
  readonly #whole: Endings;

  /** @param isBackwards literals were added, and texts are read, from their ends. */
  constructor(tree: LiteralTree, endings: AffixEndings, isBackwards: boolean) {
    const { classOf, width } = tree.classes();
    this.#classOf = classOf;
    this.#width = width;
    this.#isBackwards = isBackwards;
    this.#whole = endings.whole;
    this.#table = new Int32Array(tree.size * width);
    const partial: (readonly number[] | undefined)[] = [];
    for (let node = 0; node < tree.size; node++) {
      partial.push(endings.partial.at(node));
      for (const child of tree.children(node)) {
        this.#table[node * width + (classOf[child.symbol] ?? 0)] = child.node * width;
      }
    }
    this.#partial = partial;
  }

  get sizeBytes(): number {
    return this.#table.byteLength;
  }

  /** As `LiteralAutomaton.scan`; a folded text beyond ASCII simply fits no literal any further. */
  scan(text: string, isFolded: boolean, onHit: OnHit): ScanResult {
    const { length } = text;
    let row = 0;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(this.#isBackwards ? length - 1 - at : at);
      if (code >= ASCII) return isFolded ? 'done' : 'not_ascii';
      row = this.#table[row + (this.#classOf[code] ?? 0)] ?? 0;
      if (row === 0) return 'done';
      const hits = this.#partial[row / this.#width];
      if (hits !== undefined && onHit(hits)) return 'stopped';
    }
    const whole = this.#whole.at(row / this.#width);
    return whole !== undefined && onHit(whole) ? 'stopped' : 'done';
  }
}
