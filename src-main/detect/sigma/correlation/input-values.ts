import { numberIn } from '../compile/number-text.ts';
import type { Measured } from './aggregate.ts';
import type { CarriedValue } from './plan.ts';

/** Stands between the parts of a key; it may occur in no field, as NUL is replaced when records are read. */
const SEPARATOR = '\u0000';

/** Key of a group or of a value of several fields, without regard to case; null when a field is missing. */
export function keyOf(values: readonly CarriedValue[], places: readonly number[]): string | null {
  if (places.length === 1) {
    const only = values[places[0] ?? 0] ?? null;
    return only === null ? null : folded(only);
  }
  let key = '';
  for (const place of places) {
    const value = values[place] ?? null;
    if (value === null) return null;
    key += folded(value) + SEPARATOR;
  }
  return key;
}

/** Values of a group as they are shown. */
export function textsOf(values: readonly CarriedValue[], places: readonly number[]): readonly string[] {
  return places.map((place) => String(values[place] ?? ''));
}

/** The number that a value states; NaN when it states none. */
export function numberOf(value: CarriedValue | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value.trim()) : Number.NaN;
}

/** True for a value that a window can hold. */
export function isUsable(value: Measured): boolean {
  return typeof value === 'string' || Number.isFinite(value);
}

function folded(value: string | number): string {
  return typeof value === 'string' ? value.toLowerCase() : String(value);
}
