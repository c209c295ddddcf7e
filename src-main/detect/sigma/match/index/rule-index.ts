import type { EventView } from '../event-view.ts';
import { FieldIndex } from './field-index.ts';
import { RecordIndex } from './record-index.ts';
import type { Announcement, OnWake, Wake } from './wake.ts';

/** Slot of the whole record, which keywords search. */
const RECORD_SLOT = 0;

/** Rules that read one kind of event, found by what an event says. */
export class RuleIndex {
  readonly #fields: readonly FieldIndex[];
  readonly #record: RecordIndex | null;
  /** Rules that no trigger announces: looked at for every event. */
  readonly #always: readonly number[];

  /** @param wakes number and wake of each rule. */
  constructor(wakes: readonly (readonly [number, Wake | null])[]) {
    this.#always = wakes.filter(([, wake]) => wake === null).map(([rule]) => rule);
    const bySlot = new Map<number, Announcement[]>();
    for (const [rule, wake] of wakes) {
      for (const trigger of wake?.triggers ?? []) {
        const announcements = bySlot.get(trigger.slot);
        if (announcements === undefined) bySlot.set(trigger.slot, [[trigger, rule]]);
        else announcements.push([trigger, rule]);
      }
    }
    const keywords = bySlot.get(RECORD_SLOT);
    bySlot.delete(RECORD_SLOT);
    this.#record = keywords === undefined ? null : new RecordIndex(keywords);
    this.#fields = Array.from(bySlot, ([slot, announcements]) => new FieldIndex(slot, announcements));
  }

  get sizeBytes(): number {
    return this.#fields.reduce((sum, field) => sum + field.sizeBytes, this.#record?.sizeBytes ?? 0);
  }

  search(view: EventView, onWake: OnWake): void {
    if (this.#always.length > 0) onWake(this.#always);
    for (const field of this.#fields) field.search(view, onWake);
    this.#record?.search(view.event, onWake);
  }
}
