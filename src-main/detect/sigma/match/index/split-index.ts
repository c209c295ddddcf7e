import type { CompiledRule } from '../../compile/compile-rule.ts';
import type { EventView } from '../event-view.ts';
import { requiredNumbers } from './required-numbers.ts';
import { RuleIndex } from './rule-index.ts';
import { wakeOf, type OnWake, type Wake } from './wake.ts';

/** A rule as indexes see it; worked out once and shared by all of them. */
export interface IndexedRule {
  readonly number: number;
  readonly wake: Wake | null;
  /** Numbers of which the discriminating field must state one; null for any. */
  readonly required: ReadonlySet<number> | null;
}

/** @param slot slot of the discriminating field. */
export function indexedRule(number: number, { requirement }: CompiledRule, slot: number): IndexedRule {
  return { number, wake: wakeOf(requirement), required: requiredNumbers(requirement, slot) };
}

/**
 * The rules that read one kind of event, split by what they require of one field, which is EventID: nearly
 * every rule on a Windows channel names the few events that it reads. Rules on Security ask for eighty fields
 * and those on one of its events for five, so an index for each event number looks at a fraction of what one for
 * all would look at, and wakes half as many rules.
 */
export class SplitIndex {
  readonly #slot: number;
  readonly #members: readonly IndexedRule[];
  /** Numbers that some rule requires. Events with others share one index, of the rules that require none. */
  readonly #known: ReadonlySet<number>;
  readonly #byNumber = new Map<number, RuleIndex>();
  #others: RuleIndex | null = null;
  #all: RuleIndex | null = null;

  /** @param slot slot of the discriminating field. */
  constructor(slot: number, members: readonly IndexedRule[]) {
    this.#slot = slot;
    this.#members = members;
    this.#known = new Set(this.#members.flatMap(({ required }) => [...(required ?? [])]));
  }

  /** Bytes of the tables made so far. */
  get sizeBytes(): number {
    const made = [...this.#byNumber.values(), this.#others, this.#all];
    return [...new Set(made)].reduce((sum, index) => sum + (index?.sizeBytes ?? 0), 0);
  }

  search(view: EventView, onWake: OnWake): void {
    this.#indexFor(view).search(view, onWake);
  }

  #indexFor(view: EventView): RuleIndex {
    if (this.#known.size === 0) return (this.#others ??= this.#indexOf(this.#members));
    const { exists, scalars } = view.cell(this.#slot);
    const [only] = scalars;
    // A list states several numbers, each of which may be the one that a rule requires.
    if (scalars.length > 1) return (this.#all ??= this.#indexOf(this.#members));
    const number = exists && only !== undefined ? only.number : Number.NaN;
    if (!this.#known.has(number)) {
      return (this.#others ??= this.#indexOf(this.#members.filter(({ required }) => required === null)));
    }
    let index = this.#byNumber.get(number);
    if (index === undefined) {
      index = this.#indexOf(this.#members.filter(({ required }) => required?.has(number) ?? true));
      this.#byNumber.set(number, index);
    }
    return index;
  }

  #indexOf(members: readonly IndexedRule[]): RuleIndex {
    return new RuleIndex(members.map(({ number, wake }) => [number, wake]));
  }
}
