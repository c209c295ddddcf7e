import type { YamlPath } from '../../../platform/yaml.ts';
import { RuleRejected } from './rule.ts';

const SECOND_MS = 1000;

/**
 * Length of each unit. The specification has s, m, h and d; pySigma also w, M and y, with the mean month and
 * year of the Gregorian calendar.
 */
const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: 86_400 * SECOND_MS,
  w: 604_800 * SECOND_MS,
  M: 2_629_746 * SECOND_MS,
  y: 31_556_952 * SECOND_MS,
};

const TIMESPAN = /^(\d{1,9})([smhdwMy])$/;

/** Ten years: what lies further apart has nothing to do with each other, and no event is kept that long. */
const MAX_TIMESPAN_MS = 10 * 31_556_952 * SECOND_MS;

/** Milliseconds of a timespan such as `15m`. Throws `RuleRejected` for anything else. */
export function parseTimespan(timespan: unknown, path: YamlPath): number {
  const hint = 'Write a number and a unit: s, m, h, d, w, M (month) or y, as in 15m.';
  if (timespan === undefined || timespan === null) {
    throw new RuleRejected(path, 'The correlation has no timespan.', hint);
  }
  const parts = typeof timespan === 'string' ? TIMESPAN.exec(timespan) : null;
  const lengthMs = Number(parts?.[1] ?? Number.NaN) * (UNIT_MS[parts?.[2] ?? ''] ?? Number.NaN);
  if (Number.isNaN(lengthMs)) throw new RuleRejected(path, 'This is not a timespan.', hint);
  if (lengthMs === 0) throw new RuleRejected(path, 'The timespan is empty.', 'Use 1s or more.');
  if (lengthMs > MAX_TIMESPAN_MS)
    throw new RuleRejected(path, 'The timespan is too long.', 'Use 10y or less.');
  return lengthMs;
}
