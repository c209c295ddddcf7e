import type { FieldValue, Fields, LogEvent } from '../model/event.ts';
import type { EventColumn, FieldTarget } from './aliases.ts';

/** Every present value of a field: none, one, or several where names share an alias or the value is a list. */
export function valuesOf(event: LogEvent, target: FieldTarget): readonly FieldValue[] {
  if (target.kind === 'column') return flat(columnValue(event, target.column));
  return fieldValues(event.fields, event.mapped, target.names);
}

/** Values of record fields: the mapped name first, then the original, then a dotted path into nested objects. */
export function fieldValues(
  fields: Fields,
  mapped: Fields | null,
  names: readonly string[],
): readonly FieldValue[] {
  return names.flatMap((name) => flat(own(mapped, name) ?? own(fields, name) ?? nested(fields, name)));
}

/** A scalar as text; an object as its JSON. */
export function textOf(value: FieldValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Every scalar inside a value, as text: what free text is looked for in. A loop, for records may nest deeply. */
export function scalarTexts(value: FieldValue): readonly string[] {
  const texts: string[] = [];
  const open: FieldValue[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null) continue;
    if (typeof next !== 'object') texts.push(textOf(next));
    else for (const inner of Object.values(next)) open.push(inner); // Values of JSON.
  }
  return texts;
}

function columnValue(event: LogEvent, column: EventColumn): FieldValue | undefined {
  switch (column) {
    case 'id':
      return event.id;
    case 'ts':
      return event.eventTs;
    case 'observed_ts':
      return event.observedTs;
    case 'source':
      return event.source;
    case 'source_id':
      return event.sourceId;
    case 'severity':
      return event.severity;
    case 'host':
      return event.host === '' ? null : event.host;
    case 'message':
      return event.message;
    case 'category':
    case 'product':
    case 'service':
      return event.logsource[column];
    case 'tactic':
    case 'technique':
      return event.attack?.[column] ?? null;
    case 'peer':
      return event.peer;
    case 'flags':
      return event.flags;
    case 'entity':
      return event.entities.flatMap((entity) => [entity.value, entity.uuid]);
    case 'evidence':
      return event.evidence?.path ?? null;
  }
}

function own(fields: Fields | null, name: string): FieldValue | undefined {
  return fields !== null && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function nested(fields: Fields, name: string): FieldValue | undefined {
  let value: FieldValue | undefined = fields;
  if (!name.includes('.')) return undefined;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Fields)[part];
  }
  return value;
}

/** Lists stand for their members; null and absent for nothing. A list inside a list is one value, its JSON. */
function flat(value: FieldValue | undefined): readonly FieldValue[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [value];
  return (value as readonly FieldValue[]).filter((member) => member !== null); // Array.isArray forgets readonly.
}
