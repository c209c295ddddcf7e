import type { EventView } from '../event-view.ts';
import { LiteralIndex, type Literal } from './literal-index.ts';
import type { Announcement, OnWake } from './wake.ts';

/** What the values of one field announce. */
export class FieldIndex {
  readonly #slot: number;
  readonly #present: readonly number[];
  readonly #numbers: ReadonlyMap<number, readonly number[]>;
  readonly #literals: LiteralIndex | null;

  constructor(slot: number, announcements: readonly Announcement[]) {
    this.#slot = slot;
    const present: number[] = [];
    const numbers = new Map<number, number[]>();
    const literals: [Literal, number][] = [];
    for (const [trigger, rule] of announcements) {
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
      this.#literals?.search(scalar.text, onWake);
    }
  }
}
