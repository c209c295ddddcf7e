import type { FieldValue, LogEvent } from '#shared/model/event.ts';

export type Plain = string | number | boolean;

/** The value of a field: mapped name, own name, path; undefined when the field is missing. */
export function fieldOf(event: LogEvent, name: string): FieldValue | undefined {
  for (const fields of [event.mapped ?? {}, event.fields]) {
    if (Object.hasOwn(fields, name) && fields[name] !== undefined) return fields[name];
  }
  if (!name.includes('.')) return undefined;
  let values: readonly FieldValue[] = [event.fields];
  for (const step of name.split('.')) {
    values = values.flatMap(owners).flatMap((owner) => {
      const next = Object.hasOwn(owner, step) ? owner[step] : undefined;
      return next === undefined ? [] : [next];
    });
  }
  return values.length > 1 ? values : values[0];
}

/** The objects that a step of a path may lead into. */
function owners(value: FieldValue): readonly Readonly<Record<string, FieldValue>>[] {
  const members: readonly FieldValue[] = isList(value) ? value : [value];
  return members.filter(
    (member): member is Readonly<Record<string, FieldValue>> =>
      typeof member === 'object' && member !== null && !isList(member),
  );
}

/** The values of a field that a comparison looks at: an array is its members, an object is none. */
export function plainMembers(value: FieldValue | undefined): readonly (Plain | null)[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object') return [value];
  return isList(value) ? value.flatMap(plainMembers) : [];
}

/** Everything that a keyword may be found in. */
export function wholeRecord(event: LogEvent): FieldValue {
  // A record that holds its message has said it: the event's is the same on one line.
  const texts: FieldValue[] = typeof event.fields.Message === 'string' ? [] : [event.message];
  const visit = (value: FieldValue): void => {
    if (value === null || typeof value !== 'object') texts.push(value);
    else Object.values(value).forEach(visit);
  };
  visit(event.fields);
  return texts;
}

function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
