import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import type { FieldSlots } from '../compile/field-slots.ts';
import { numberIn } from '../compile/number-text.ts';
import { fold } from '../compile/pattern.ts';
import { FieldReader, isArray, MAX_DEPTH } from './field-reader.ts';
import { visitRecord } from './record-values.ts';

/**
 * One plain value of a field, with the forms that tests compare, each made at most once. Views use their
 * scalars again for the next event: hold none beyond the event it belongs to.
 */
export class Scalar {
  #value: string | number | boolean = '';
  #text: string | null = null;
  #folded: string | null = null;
  #number: number | null = null;

  become(value: string | number | boolean): this {
    this.#value = value;
    this.#text = null;
    this.#folded = null;
    this.#number = null;
    return this;
  }

  get value(): string | number | boolean {
    return this.#value;
  }

  get text(): string {
    return (this.#text ??= typeof this.#value === 'string' ? this.#value : String(this.#value));
  }

  /** Text for comparisons without regard to case. */
  get folded(): string {
    return (this.#folded ??= fold(this.text));
  }

  get number(): number {
    return (this.#number ??= typeof this.#value === 'number' ? this.#value : numberIn(this.text));
  }
}

/** What an event says under one field name. An array is all of its members; a comparison needs any of them. */
export interface Cell {
  /** The field is there, whatever its value. */
  readonly exists: boolean;
  /** The field is missing or null, or null is one of its members. */
  readonly isNull: boolean;
  readonly scalars: readonly Scalar[];
}

/** Scalars that a cell keeps for the next event; records with more values are rare. */
const MAX_SPARE = 256;

/** The event that is being looked at: each field that a rule asks for is read and prepared once. */
export class EventView {
  readonly #slots: FieldSlots;
  readonly #readers: FieldReader[] = [];
  readonly #cells: SlotCell[] = [];
  #current = 0;
  #event: LogEvent | null = null;

  constructor(slots: FieldSlots) {
    this.#slots = slots;
  }

  /** Turns to the next event and returns its running number. */
  look(event: LogEvent): number {
    this.#event = event;
    return ++this.#current;
  }

  cell(slot: number): Cell {
    const known = this.#cells[slot];
    if (known?.madeFor === this.#current) return known;
    const cell = known ?? this.#newCell(slot);
    cell.madeFor = this.#current;
    if (slot === 0) cell.holdRecord(this.event);
    else cell.hold(this.#readerOf(slot).read(this.event));
    return cell;
  }

  #readerOf(slot: number): FieldReader {
    return (this.#readers[slot] ??= new FieldReader(this.#slots.nameOf(slot)));
  }

  /** The event that is being looked at. */
  get event(): LogEvent {
    if (this.#event === null) throw new Error('No event is being looked at.');
    return this.#event;
  }

  #newCell(slot: number): SlotCell {
    while (this.#cells.length <= slot) this.#cells.push(new SlotCell());
    return this.#cells[slot] ?? new SlotCell();
  }
}

const NO_SCALARS: readonly Scalar[] = [];

/** The cell of one slot, filled anew for each event: most fields cost no allocation this way. */
class SlotCell implements Cell {
  /** Running number of the event that the cell shows: saves clearing all cells for each event. */
  madeFor = 0;
  exists = false;
  isNull = true;
  scalars: readonly Scalar[] = NO_SCALARS;
  readonly #only = new Scalar();
  readonly #alone: readonly Scalar[] = [this.#only];
  readonly #spare: Scalar[] = [];

  hold(value: FieldValue | undefined): void {
    this.exists = value !== undefined;
    this.isNull = value === undefined || value === null;
    if (value === undefined || value === null) this.scalars = NO_SCALARS;
    else if (typeof value !== 'object') {
      this.#only.become(value);
      this.scalars = this.#alone;
    } else {
      const scalars: Scalar[] = [];
      if (isArray(value)) this.isNull = this.#collect(value, scalars, 1);
      this.scalars = scalars;
    }
  }

  /** Everything a keyword may be found in. */
  holdRecord(event: LogEvent): void {
    const scalars: Scalar[] = [];
    visitRecord(event, (value) => this.#add(value, scalars));
    this.exists = true;
    this.isNull = false;
    this.scalars = scalars;
  }

  /** Adds the plain values of an array and of arrays in it; true when null is among them. */
  #collect(list: readonly FieldValue[], scalars: Scalar[], depth: number): boolean {
    let hasNull = false;
    for (const member of list) {
      if (member === null) hasNull = true;
      else if (typeof member !== 'object') this.#add(member, scalars);
      else if (isArray(member) && depth < MAX_DEPTH) {
        hasNull = this.#collect(member, scalars, depth + 1) || hasNull;
      }
    }
    return hasNull;
  }

  #add(value: string | number | boolean, scalars: Scalar[]): void {
    const spare = this.#spare[scalars.length];
    if (spare !== undefined) scalars.push(spare.become(value));
    else {
      const scalar = new Scalar().become(value);
      if (this.#spare.length < MAX_SPARE) this.#spare.push(scalar);
      scalars.push(scalar);
    }
  }
}
