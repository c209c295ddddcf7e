/** Highest character code plus one that the automata know; text beyond it takes the code point table. */
export const ASCII = 128;

/** What ends at a node of a tree, by node. */
export class Endings {
  readonly #byNode = new Map<number, number[]>();

  get size(): number {
    return this.#byNode.size;
  }

  add(node: number, payload: number): void {
    const payloads = this.#byNode.get(node);
    if (payloads === undefined) this.#byNode.set(node, [payload]);
    else if (!payloads.includes(payload)) payloads.push(payload);
  }

  at(node: number): readonly number[] | undefined {
    return this.#byNode.get(node);
  }
}

/**
 * A tree of literals, one node per shared beginning, while it is being built. Literals are folded ASCII.
 * Children are kept as linked lists in flat arrays: 50,000 nodes as objects would cost ten times the memory.
 */
export class LiteralTree {
  readonly #firstChild: number[] = [0];
  readonly #sibling: number[] = [0];
  readonly #symbol: number[] = [0];
  get size(): number {
    return this.#symbol.length;
  }

  /** The node at the end of `literal`, read backwards if asked; made where the tree has none yet. */
  nodeOf(literal: string, isBackwards: boolean): number {
    let node = 0;
    for (let at = 0; at < literal.length; at++) {
      const symbol = literal.charCodeAt(isBackwards ? literal.length - 1 - at : at);
      node = this.#child(node, symbol) || this.#append(node, symbol);
    }
    return node;
  }

  *children(node: number): Generator<{ readonly node: number; readonly symbol: number }> {
    for (let child = this.#firstChild[node] ?? 0; child !== 0; child = this.#sibling[child] ?? 0) {
      yield { node: child, symbol: this.#symbol[child] ?? 0 };
    }
  }

  /** A table from character code to a dense class of the letters that the tree uses; 0 for all others. */
  classes(): { readonly classOf: Uint8Array; readonly width: number } {
    const classOf = new Uint8Array(ASCII);
    let width = 1;
    for (const symbol of this.#symbol.slice(1)) {
      if (classOf[symbol] === 0) classOf[symbol] = width++;
    }
    for (let upper = 65; upper <= 90; upper++) classOf[upper] = classOf[upper + 32] ?? 0;
    return { classOf, width };
  }

  /** The child of `node` for `symbol`; 0, which is no one's child, when there is none. */
  #child(node: number, symbol: number): number {
    let child = this.#firstChild[node] ?? 0;
    while (child !== 0 && this.#symbol[child] !== symbol) child = this.#sibling[child] ?? 0;
    return child;
  }

  #append(parent: number, symbol: number): number {
    const node = this.#symbol.push(symbol) - 1;
    this.#sibling.push(this.#firstChild[parent] ?? 0);
    this.#firstChild.push(0);
    this.#firstChild[parent] = node;
    return node;
  }
}
