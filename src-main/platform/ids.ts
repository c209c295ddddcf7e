import { monotonicFactory } from 'ulid';

/** Makes ULIDs that sort in the order in which they were made, within one thread. */
export type NewId = () => string;

/** A fresh ULID source (https://github.com/ulid/spec): 48 bits of time, 80 of randomness, monotonic. */
export function createIds(): NewId {
  const next = monotonicFactory();
  return () => next();
}
