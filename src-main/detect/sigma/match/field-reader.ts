import type { Fields, FieldValue, LogEvent } from '#shared/model/event.ts';

/** Nesting at which the walk through a record stops; JSON readers allow no more (reliability T16). */
export const MAX_DEPTH = 64;

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
  const value = fields[name];
  // Everything inherited is a function, but for __proto__, which the rule parser refuses as a field.
  return typeof value === 'function' ? undefined : value;
}

export function isArray(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
