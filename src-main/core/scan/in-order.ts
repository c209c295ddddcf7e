/** Puts results that finish in any order back into the order of their inputs. */
export interface InOrder<T> {
  /** Adds something that input `index` gave. */
  add(index: number, items: readonly T[]): void;
  /** Input `index` will give nothing more. */
  finish(index: number): void;
  /** What may go out now, in order; empties itself. */
  take(): readonly T[];
  /** Items held back because an earlier input is not finished. */
  held(): number;
}

/** An empty one, for inputs numbered from 0. */
export function createInOrder<T>(): InOrder<T> {
  const waiting = new Map<number, T[]>();
  const finished = new Set<number>();
  let current = 0;
  let held = 0;
  let ready: T[] = [];

  function advance(): void {
    for (;;) {
      const items = waiting.get(current);
      if (items !== undefined) {
        held -= items.length;
        ready = ready.length === 0 ? items : ready.concat(items);
        waiting.delete(current);
      }
      if (!finished.delete(current)) return;
      current += 1;
    }
  }

  return {
    add(index, items) {
      const list = waiting.get(index) ?? [];
      for (const item of items) list.push(item);
      waiting.set(index, list);
      held += items.length;
      if (index === current) advance();
    },
    finish(index) {
      finished.add(index);
      advance();
    },
    take() {
      const out = ready;
      ready = [];
      return out;
    },
    held: () => held,
  };
}
