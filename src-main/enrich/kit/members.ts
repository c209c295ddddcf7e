import type { FieldValue, Fields } from '#shared/model/event.ts';

/** Depth of ECS names: `process.parent.executable` has 3 parts, none that we read has more than 4. */
const MAX_PARTS = 4;

function child(value: FieldValue | undefined, name: string): FieldValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // Narrowing by Array.isArray does not remove readonly arrays from the union.
  const object = value as Fields;
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Value at a dotted path, whether the record writes it flat (`"process.pid"`) or nested (`{process: {pid}}`). */
export function memberAt(fields: Fields, path: string): FieldValue | undefined {
  const flat = fields[path];
  if (flat !== undefined) return flat;
  const parts = path.split('.', MAX_PARTS);
  let value: FieldValue | undefined = fields;
  for (const part of parts) value = child(value, part);
  return value;
}

/** Text of a scalar; the first scalar of a list; null for anything else and for the empty string. */
export function textOf(value: FieldValue | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    // Narrowing FieldValue by Array.isArray yields any[].
    const list = value as readonly FieldValue[];
    return list.length === 0 ? null : textOf(list[0]);
  }
  return null;
}
