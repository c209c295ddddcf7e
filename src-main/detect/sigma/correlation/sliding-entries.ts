import type { Measured } from './aggregate.ts';
import type { GroupEntry } from './group.ts';
import type { CarriedValue } from './plan.ts';

/** Shared by all groups that keep none; nothing is ever put into them. */
const NO_MEASURED: Measured[] = [];
const NO_CARRIED: (readonly CarriedValue[])[] = [];

/** Space that may lie unused at the front before the rest moves up. */
const SLACK = 64;

/**
 * Events of one group in time order, as columns: an array of each part costs a third of the memory of an object
 * for each event.
 */
export class SlidingEntries {
  readonly times: number[] = [];
  readonly ids: string[] = [];
  /** 1 where a match was reported. */
  readonly fired: number[] = [];
  /** Empty where the type only counts. */
  readonly measured: Measured[];
  /** Empty where no correlation refers to this one. */
  readonly carried: (readonly CarriedValue[])[];
  /** Place of the oldest. */
  head = 0;
  readonly #keeps: EntryParts;

  constructor(keeps: EntryParts) {
    this.#keeps = keeps;
    this.measured = keeps.measured ? [] : NO_MEASURED;
    this.carried = keeps.carried ? [] : NO_CARRIED;
  }

  /** Place behind the newest. */
  get end(): number {
    return this.times.length;
  }

  get size(): number {
    return this.times.length - this.head;
  }

  get newest(): number {
    return this.size === 0 ? -Infinity : (this.times[this.times.length - 1] ?? -Infinity);
  }

  /** Where an event of this time belongs: behind all that are not newer. */
  placeFor(time: number): number {
    let low = this.head;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  push(entry: GroupEntry): void {
    this.times.push(entry.eventTs);
    this.ids.push(entry.eventId);
    this.fired.push(0);
    if (this.#keeps.measured) this.measured.push(entry.measured);
    if (this.#keeps.carried) this.carried.push(entry.carried);
  }

  insert(place: number, entry: GroupEntry): void {
    this.times.splice(place, 0, entry.eventTs);
    this.ids.splice(place, 0, entry.eventId);
    this.fired.splice(place, 0, 0);
    if (this.#keeps.measured) this.measured.splice(place, 0, entry.measured);
    if (this.#keeps.carried) this.carried.splice(place, 0, entry.carried);
  }

  exportColumns(): EntryColumns {
    const { head } = this;
    return {
      times: this.times.slice(head),
      ids: this.ids.slice(head),
      fired: this.fired.slice(head),
      measured: this.measured.slice(head),
      carried: this.carried.slice(head),
    };
  }

  /** Fills an empty table. */
  restoreColumns(columns: EntryColumns): void {
    for (const time of columns.times) this.times.push(time);
    for (const id of columns.ids) this.ids.push(id);
    for (const fired of columns.fired) this.fired.push(fired);
    for (const measured of columns.measured) this.measured.push(measured);
    for (const carried of columns.carried) this.carried.push(carried);
  }

  /** Gives back the space of events that went; returns by how much all places moved down. */
  compact(): number {
    const gone = this.head;
    if (gone < SLACK || gone * 2 < this.times.length) return 0;
    for (const column of [this.times, this.ids, this.fired, this.measured, this.carried])
      column.splice(0, gone);
    this.head = 0;
    return gone;
  }
}

/** Events as plain data, column by column. */
export interface EntryColumns {
  readonly times: readonly number[];
  readonly ids: readonly string[];
  readonly fired: readonly number[];
  readonly measured: readonly Measured[];
  readonly carried: readonly (readonly CarriedValue[])[];
}

/** Which columns a correlation needs. */
export interface EntryParts {
  readonly measured: boolean;
  readonly carried: boolean;
}
