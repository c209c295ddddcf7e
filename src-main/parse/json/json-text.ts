import type { FieldValue } from '#shared/model/event.ts';
import { MAX_DEPTH } from './object-scanner.ts';

/** A parsed JSON object. `__proto__` in the input is an own member here, never the prototype. */
export type JsonObject = Readonly<Record<string, FieldValue>>;

export interface ParsedObject {
  readonly value: JsonObject;
  readonly flags: readonly string[];
}

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/**
 * Parses the text of an object. JSON forbids raw control characters, yet loggers write them, NUL above all: such
 * a text is parsed with them escaped, and flagged. Null when it is no JSON even so.
 */
export function parseObject(text: string): ParsedObject | null {
  const value = tryParse(text);
  if (value !== null) return { value, flags: [] };
  const escaped = text.replace(CONTROL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const repaired = escaped === text ? null : tryParse(escaped);
  return repaired === null ? null : { value: repaired, flags: ['control_characters'] };
}

function tryParse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A JSON object; arrays and null are none. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member `name` when it is the record's own: `constructor` and the like are not found on the prototype. */
export function member(object: JsonObject, name: string): FieldValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True when `value`, standing at `depth` (the record itself is 1), nests no deeper than `MAX_DEPTH`. No recursion. */
export function isShallow(value: FieldValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  // Nearly every member is a list or an object of plain values: no need for a stack.
  if (depth <= MAX_DEPTH && holdsOnlyPlain(value)) return true;
  const pending: FieldValue[] = [value];
  const depths: number[] = [depth];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const at = depths.pop() ?? 0;
    if (at > MAX_DEPTH) return false;
    if (typeof next !== 'object' || next === null) continue;
    for (const child of Object.values(next)) {
      if (typeof child !== 'object' || child === null) continue;
      pending.push(child);
      depths.push(at + 1);
    }
  }
  return true;
}

function holdsOnlyPlain(value: object): boolean {
  for (const child of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    if (typeof child === 'object' && child !== null) return false;
  }
  return true;
}
