import type { EventWire } from '#shared/contract/events.ts';

/** What every event has, as the query language names it, in the order of the field list. */
const EVENT_FIELDS: readonly (readonly [string, (event: EventWire) => unknown])[] = [
  ['source', (event) => event.source],
  ['host', (event) => event.host],
  ['severity', (event) => event.severity],
  ['product', (event) => event.logsource.product],
  ['service', (event) => event.logsource.service],
  ['category', (event) => event.logsource.category],
  ['source_id', (event) => event.source_id],
  ['peer', (event) => event.peer],
];

const EVENT_FIELD = new Map(EVENT_FIELDS);

export interface FieldShare {
  readonly name: string;
  /** Rows of the sample that have it. */
  readonly count: number;
}

/** Value of a field by the name that the query language uses: a column of every event, or one of the record. */
export function fieldValue(event: EventWire, name: string): unknown {
  return event.fields[name] ?? EVENT_FIELD.get(name)?.(event) ?? nested(event.fields, name);
}

/** A value as one line of text; null when there is none. */
export function fieldText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** Fields of the record, nested ones by their path, with their values as text. */
export function recordFields(
  fields: Readonly<Record<string, unknown>>,
): readonly (readonly [string, string])[] {
  return flatten(fields, '', 0).map(([name, value]) => [name, fieldText(value) ?? '']);
}

/** How many rows of the sample have each field, those of every event first, then by frequency. */
export function fieldShares(sample: readonly EventWire[]): readonly FieldShare[] {
  const always = EVENT_FIELDS.map(([name, read]) => ({
    name,
    count: sample.filter((event) => !isEmpty(read(event))).length,
  }));
  const counts = new Map<string, number>();
  for (const event of sample) {
    for (const [name, value] of flatten(event.fields, '', 0)) {
      // A record field of that name is hidden by the event's own in the query language as well.
      if (!isEmpty(value) && !EVENT_FIELD.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const record = [...counts].map(([name, count]) => ({ name, count }));
  record.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  return [...always.filter(({ count }) => count > 0), ...record];
}

/** Deeper records are shown as JSON; a hostile one may nest without end. */
const MAX_DEPTH = 4;

function flatten(fields: object, prefix: string, depth: number): (readonly [string, unknown])[] {
  return Object.entries(fields).flatMap(([key, value]: [string, unknown]): (readonly [string, unknown])[] => {
    const name = prefix + key;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && depth < MAX_DEPTH ? flatten(value, `${name}.`, depth + 1) : [[name, value]];
  });
}

function nested(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  let at: unknown = fields;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return at;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
