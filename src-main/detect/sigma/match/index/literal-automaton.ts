import { ASCII, type Endings, type LiteralTree } from './literal-tree.ts';

/** Called with the payloads of a literal that was found; true stops the search. */
export type OnHit = (payloads: readonly number[]) => boolean;

export type ScanResult = 'done' | 'stopped' | 'not_ascii';

/**
 * Finds every one of many literals in one pass (Aho and Corasick, 1975), case ignored. The failure links are
 * folded into a dense table, so a character costs one look-up whatever the number of literals.
 */
export class LiteralAutomaton {
  readonly #classOf: Uint8Array;
  /** Next row by row and class. A row in which literals end is stored as its complement. */
  readonly #table: Int32Array;
  readonly #width: number;
  /** By row divided by width: what ends here, all shorter endings included. */
  readonly #hits: readonly (readonly number[] | undefined)[];

  constructor(tree: LiteralTree, endings: Endings) {
    const { classOf, width } = tree.classes();
    this.#classOf = classOf;
    this.#width = width;
    this.#table = new Int32Array(tree.size * width);
    this.#hits = this.#link(tree, endings);
  }

  get sizeBytes(): number {
    return this.#table.byteLength;
  }

  /**
   * Reports literals in the order of their ends. A character beyond ASCII ends the scan with `not_ascii`,
   * for the caller to fold the text first; in a folded text it merely ends every literal that was under way.
   */
  scan(text: string, isFolded: boolean, onHit: OnHit): ScanResult {
    const table = this.#table;
    const classOf = this.#classOf;
    let row = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= ASCII) {
        if (!isFolded) return 'not_ascii';
        row = 0;
        continue;
      }
      row = table[row + (classOf[code] ?? 0)] ?? 0;
      if (row < 0) {
        row = ~row;
        const hits = this.#hits[row / this.#width];
        if (hits !== undefined && onHit(hits)) return 'stopped';
      }
    }
    return 'done';
  }

  /** Breadth first, so that a node's failure link is complete before its children need it. */
  #link(tree: LiteralTree, endings: Endings): readonly (readonly number[] | undefined)[] {
    const table = this.#table;
    const width = this.#width;
    const failure = new Int32Array(tree.size);
    const hits: (readonly number[] | undefined)[] = [];
    const queue = new Int32Array(tree.size);
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const node = queue[head] ?? 0;
      const fallback = failure[node] ?? 0;
      hits[node] = joined(endings.at(node), node === 0 ? undefined : hits[fallback]);
      if (node !== 0) table.copyWithin(node * width, fallback * width, (fallback + 1) * width);
      for (const child of tree.children(node)) {
        const cell = node * width + (this.#classOf[child.symbol] ?? 0);
        // Before this node's own child is entered, its cell holds where the failure link leads.
        if (node !== 0) failure[child.node] = (table[cell] ?? 0) / width;
        table[cell] = child.node * width;
        queue[tail++] = child.node;
      }
    }
    markEndings(table, width, hits);
    return hits;
  }
}

function markEndings(
  table: Int32Array,
  width: number,
  hits: readonly (readonly number[] | undefined)[],
): void {
  for (let cell = 0; cell < table.length; cell++) {
    const row = table[cell] ?? 0;
    if (row !== 0 && hits[row / width] !== undefined) table[cell] = ~row;
  }
}

function joined(
  own: readonly number[] | undefined,
  shorter: readonly number[] | undefined,
): readonly number[] | undefined {
  if (own === undefined || shorter === undefined) return own ?? shorter;
  return [...own, ...shorter];
}
