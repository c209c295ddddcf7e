import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import { FieldReader } from '../match/field-reader.ts';
import type { BaseMatch, BaseRulePlan, CarriedValue } from './plan.ts';

/** Reads from events what correlations need of them. */
export class BaseMatchReader {
  readonly #readers: readonly (readonly FieldReader[])[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(baseRules: readonly BaseRulePlan[]) {
    this.#readers = baseRules.map(({ fields }) => fields.map((name) => new FieldReader(name)));
    this.#places = new Map(baseRules.map(({ ruleId }, place) => [ruleId, place]));
  }

  /** Place of a rule among the base rules; undefined when no correlation refers to it. */
  placeOf(ruleId: string): number | undefined {
    return this.#places.get(ruleId);
  }

  read(rule: number, event: LogEvent, eventTs: number): BaseMatch {
    const readers = this.#readers[rule] ?? [];
    return { rule, eventId: event.id, eventTs, values: readers.map((reader) => carried(reader.read(event))) };
  }
}

/** A field as one value: a list of one is its member, a longer list or an object its JSON text. */
function carried(value: FieldValue | undefined): CarriedValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length === 1) return carried(value[0] as FieldValue);
  return JSON.stringify(value);
}
