import type { EventView } from '../event-view.ts';
import { LiteralIndex, type Literal } from './literal-index.ts';
import type { Trigger, Wake } from './wake.ts';

/** Takes the numbers of rules that an event may match, some perhaps more than once. */
export type OnWake = (rules: readonly number[]) => boolean;

/** The rules of one logsource, found by what an event says. */
export class RuleIndex {
  readonly #fields: readonly FieldIndex[];
  /** Rules that no trigger announces: looked at for every event. */
  readonly #always: readonly number[];

  /** @param wakes number and wake of each rule. */
  constructor(wakes: readonly (readonly [number, Wake | null])[]) {
    this.#always = wakes.filter(([, wake]) => wake === null).map(([rule]) => rule);
    const bySlot = new Map<number, [Trigger, number][]>();
    for (const [rule, wake] of wakes) {
      for (const trigger of wake?.triggers ?? []) {
        const entries = bySlot.get(trigger.slot);
        if (entries === undefined) bySlot.set(trigger.slot, [[trigger, rule]]);
        else entries.push([trigger, rule]);
      }
    }
    this.#fields = [...bySlot].map(([slot, entries]) => new FieldIndex(slot, entries));
  }

  get sizeBytes(): number {
    return this.#fields.reduce((sum, field) => sum + field.sizeBytes, 0);
  }

  search(view: EventView, onWake: OnWake): void {
    if (this.#always.length > 0) onWake(this.#always);
    for (const field of this.#fields) field.search(view, onWake);
  }
}

/** The triggers of one field. */
class FieldIndex {
  readonly #slot: number;
  readonly #present: readonly number[];
  readonly #numbers: ReadonlyMap<number, readonly number[]>;
  readonly #literals: LiteralIndex | null;

  constructor(slot: number, entries: readonly (readonly [Trigger, number])[]) {
    this.#slot = slot;
    const present: number[] = [];
    const numbers = new Map<number, number[]>();
    const literals: [Literal, number][] = [];
    for (const [trigger, rule] of entries) {
      if (trigger.kind === 'present') present.push(rule);
      else if (trigger.kind === 'literal') literals.push([trigger.literal, rule]);
      else {
        const rules = numbers.get(trigger.value);
        if (rules === undefined) numbers.set(trigger.value, [rule]);
        else rules.push(rule);
      }
    }
    this.#present = present;
    this.#numbers = numbers;
    this.#literals = literals.length > 0 ? new LiteralIndex(literals) : null;
  }

  get sizeBytes(): number {
    return this.#literals?.sizeBytes ?? 0;
  }

  search(view: EventView, onWake: OnWake): void {
    const cell = view.cell(this.#slot);
    if (!cell.exists) return;
    if (this.#present.length > 0) onWake(this.#present);
    for (const scalar of cell.scalars) {
      if (this.#numbers.size > 0) {
        const rules = this.#numbers.get(scalar.number);
        if (rules !== undefined) onWake(rules);
      }
      this.#literals?.search(scalar, onWake);
    }
  }
}
