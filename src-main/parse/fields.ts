import type { FieldValue } from '#shared/model/event.ts';

/** Sets a member; `__proto__` becomes an ordinary one instead of changing the object's prototype. */
export function put(target: Record<string, FieldValue>, name: string, value: FieldValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** As `put`, but a name that is there already collects its values in a list. */
export function append(target: Record<string, FieldValue>, name: string, value: string): void {
  const before = Object.hasOwn(target, name) ? target[name] : undefined;
  if (before === undefined) put(target, name, value);
  // Only lists that this function made are arrays here, so they may grow in place.
  else if (Array.isArray(before)) (before as FieldValue[]).push(value);
  else put(target, name, [before, value]);
}
