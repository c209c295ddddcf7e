import type { Fields, FieldValue, LogEvent } from '#shared/model/event.ts';
import { fold } from './pattern.ts';

const DECIMAL = /^[+-]?\d{1,17}(?:\.\d{1,17})?$/;
const HEXADECIMAL = /^0x[0-9a-f]{1,13}$/i;

/** The number that a text states, in decimal or as 0x hexadecimal; NaN when it states none. */
export function numberIn(text: string): number {
  return DECIMAL.test(text) || HEXADECIMAL.test(text) ? Number(text) : Number.NaN;
}

/** One plain value of a field, with the forms that tests compare, each made at most once. */
export class Scalar {
  readonly value: string | number | boolean;
  readonly text: string;
  #folded: string | null = null;
  #number: number | null = null;

  constructor(value: string | number | boolean) {
    this.value = value;
    this.text = typeof value === 'string' ? value : String(value);
  }

  /** Text for comparisons without regard to case. */
  get folded(): string {
    return (this.#folded ??= fold(this.text));
  }

  get number(): number {
    return (this.#number ??= typeof this.value === 'number' ? this.value : numberIn(this.text));
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

const MISSING: Cell = { exists: false, isNull: true, scalars: [] };
const NULL: Cell = { exists: true, isNull: true, scalars: [] };

/** Nesting at which the walk through a record stops; JSON readers allow no more (reliability.md T16). */
const MAX_DEPTH = 64;

/** Numbers the field names that rules read. Slot 0 is the whole record, for keywords. */
export class FieldSlots {
  readonly #slots = new Map<string, number>();
  readonly #readers: FieldReader[] = [new FieldReader(null)];

  get size(): number {
    return this.#readers.length;
  }

  /** Slot of a field name; of the whole record when `name` is null. */
  slotOf(name: string | null): number {
    if (name === null) return 0;
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    this.#slots.set(name, this.#readers.length);
    return this.#readers.push(new FieldReader(name)) - 1;
  }

  readerOf(slot: number): FieldReader {
    const reader = this.#readers[slot];
    if (reader === undefined) throw new Error(`There is no field slot ${slot}.`);
    return reader;
  }
}

/**
 * Finds one field in an event: under its mapped name, then among the record's own names, then along the
 * dots into nested objects. Names are compared exactly: every format and mapping in use keeps its case, and
 * a search without regard to case would cost each missing field a walk over all names.
 */
export class FieldReader {
  readonly name: string | null;
  readonly #steps: readonly string[] | null;

  constructor(name: string | null) {
    this.name = name;
    this.#steps = name?.includes('.') === true ? name.split('.') : null;
  }

  read(event: LogEvent): FieldValue | undefined {
    const { name } = this;
    if (name === null) return undefined;
    const mapped = event.mapped === null ? undefined : own(event.mapped, name);
    if (mapped !== undefined) return mapped;
    const value = own(event.fields, name);
    return value !== undefined || this.#steps === null ? value : descend(event.fields, this.#steps, 0);
  }
}

/** The event that is being looked at: each field that a rule asks for is read and prepared once. */
export class EventView {
  readonly #slots: FieldSlots;
  readonly #cells: Cell[] = [];
  /** Event number for which a slot's cell was made: saves clearing all slots for each event. */
  #madeFor = new Float64Array(0);
  #current = 0;
  #event: LogEvent | null = null;

  constructor(slots: FieldSlots) {
    this.#slots = slots;
  }

  /** Turns to the next event and returns its running number. */
  look(event: LogEvent): number {
    this.#event = event;
    if (this.#madeFor.length !== this.#slots.size) this.#madeFor = new Float64Array(this.#slots.size);
    return ++this.#current;
  }

  cell(slot: number): Cell {
    const known = this.#cells[slot];
    if (known !== undefined && this.#madeFor[slot] === this.#current) return known;
    const cell = this.#make(slot);
    this.#cells[slot] = cell;
    this.#madeFor[slot] = this.#current;
    return cell;
  }

  #make(slot: number): Cell {
    if (this.#event === null) throw new Error('No event is being looked at.');
    return slot === 0 ? wholeRecord(this.#event) : cellOf(this.#slots.readerOf(slot).read(this.#event));
  }
}

/** The cell of a value as it stands in an event. */
export function cellOf(value: FieldValue | undefined): Cell {
  if (value === undefined) return MISSING;
  if (value === null) return NULL;
  if (typeof value !== 'object') return { exists: true, isNull: false, scalars: [new Scalar(value)] };
  if (!isArray(value)) return { exists: true, isNull: false, scalars: [] };
  const scalars: Scalar[] = [];
  const isNull = collect(value, scalars, { depth: 0, intoObjects: false });
  return { exists: true, isNull, scalars };
}

/** Everything a keyword may be found in: the message, and each value of the record. */
function wholeRecord(event: LogEvent): Cell {
  const scalars = [new Scalar(event.message)];
  collect(event.fields, scalars, { depth: 0, intoObjects: true });
  return { exists: true, isNull: false, scalars };
}

interface Walk {
  readonly depth: number;
  readonly intoObjects: boolean;
}

/** Adds the plain values inside `value`; true when null is among them. */
function collect(value: FieldValue, scalars: Scalar[], walk: Walk): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') {
    scalars.push(new Scalar(value));
    return false;
  }
  if (walk.depth >= MAX_DEPTH || (!walk.intoObjects && !isArray(value))) return false;
  const deeper = { depth: walk.depth + 1, intoObjects: walk.intoObjects };
  let hasNull = false;
  for (const member of Object.values(value)) hasNull = collect(member, scalars, deeper) || hasNull;
  return hasNull;
}

/** Follows `steps` from `from` into nested objects; through an array, into each of its members. */
function descend(
  value: FieldValue | undefined,
  steps: readonly string[],
  from: number,
): FieldValue | undefined {
  const step = steps[from];
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!isArray(value)) return descend(own(value, step), steps, from + 1);
  if (from >= MAX_DEPTH) return undefined;
  const found = value.map((member) => (isArray(member) ? undefined : descend(member, steps, from)));
  const present = found.filter((member) => member !== undefined);
  return present.length > 0 ? present : undefined;
}

/** A record's own member: names such as "constructor" must not reach what every object inherits. */
function own(fields: Fields, name: string): FieldValue | undefined {
  const value: unknown = fields[name];
  // Everything inherited is a function, but for __proto__, which the rule parser refuses as a field.
  return typeof value === 'function' ? undefined : fields[name];
}

function isArray(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
