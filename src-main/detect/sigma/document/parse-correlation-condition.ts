import type { YamlPath } from '../../../platform/yaml.ts';
import { isMap, type Attributes, type YamlMap } from './attributes.ts';
import {
  COMPARISONS,
  isTemporal,
  type Bound,
  type CorrelationType,
  type FieldReference,
  type ParsedCorrelation,
} from './correlation.ts';
import { RuleRejected } from './rule.ts';

const PATH: YamlPath = ['correlation', 'condition'];

export type ConditionPart = Pick<ParsedCorrelation, 'condition' | 'valueFields' | 'percentile'>;

/** Types of which a count, not a value, is compared: it is a whole number and never below one. */
const COUNTING: readonly CorrelationType[] = ['event_count', 'value_count', 'temporal', 'temporal_ordered'];

/**
 * Types the condition of a correlation (specification, "Condition"): a map of bounds, for temporal types also
 * an expression or nothing. Throws `RuleRejected` for one that says nothing or contradicts itself or the type.
 */
export function parseCorrelationCondition(
  condition: unknown,
  type: CorrelationType,
  attributes: Attributes,
): ConditionPart {
  const nothing = { valueFields: [], percentile: null };
  if (condition === undefined || condition === null) {
    if (isTemporal(type)) return { condition: { kind: 'all' }, ...nothing };
    throw new RuleRejected(
      PATH,
      `A correlation of type ${type} needs a condition.`,
      'Add "gte:" with a number.',
    );
  }
  if (typeof condition === 'string') {
    if (isTemporal(type))
      return { condition: { kind: 'expression', text: condition, path: PATH }, ...nothing };
    const hint = 'Write a map, such as "gte: 10"; only temporal types take rules joined by and, or, not.';
    throw new RuleRejected(PATH, `A correlation of type ${type} takes no expression.`, hint);
  }
  if (!isMap(condition))
    throw new RuleRejected(PATH, 'The condition must be a map.', 'Write "gte: 10" below it.');
  refuseUnknownKeys(condition);
  const bounds = parseBounds(condition);
  refuseContradiction(bounds, COUNTING.includes(type));
  if (COUNTING.includes(type)) warnOfFractions(bounds, attributes);
  return {
    condition: { kind: 'threshold', bounds, path: PATH },
    valueFields: parseFields(condition.field, type),
    percentile: parsePercentile(condition.percentile, type),
  };
}

function refuseUnknownKeys(condition: YamlMap): void {
  const known: readonly string[] = [...COMPARISONS, 'field', 'percentile'];
  const unknown = Object.keys(condition).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new RuleRejected([...PATH, unknown], `A condition has no "${unknown}".`, `Use ${known.join(', ')}.`);
}

function parseBounds(condition: YamlMap): readonly Bound[] {
  const bounds = COMPARISONS.flatMap((comparison): readonly Bound[] => {
    const value = condition[comparison];
    if (value === undefined) return [];
    if (typeof value === 'number' && Number.isFinite(value)) return [{ comparison, value }];
    const message = `"${comparison}" must be followed by a number.`;
    throw new RuleRejected([...PATH, comparison], message, 'Write it without quotes.');
  });
  if (bounds.length > 0) return bounds;
  throw new RuleRejected(PATH, 'The condition compares nothing.', `Add one of ${COMPARISONS.join(', ')}.`);
}

/** Two bounds make a range (detection.md A.9, 3); one that nothing lies in is a mistake. */
function refuseContradiction(bounds: readonly Bound[], isCount: boolean): void {
  const of = (comparison: Bound['comparison']): number[] =>
    bounds.filter((bound) => bound.comparison === comparison).map(({ value }) => value);
  const least = Math.max(isCount ? 1 : -Infinity, ...of('gte'), ...of('eq'));
  const most = Math.min(Infinity, ...of('lte'), ...of('eq'));
  const above = Math.max(-Infinity, ...of('gt'));
  const below = Math.min(Infinity, ...of('lt'));
  const isOnlyValue = least === most && of('neq').includes(least);
  // Between two bounds that a count must not touch lies a whole number, or nothing.
  const hasRoom = isCount ? Math.floor(above) + 1 < below : above < below;
  if (least <= most && least < below && above < most && hasRoom && !isOnlyValue) return;
  const last = bounds.at(-1)?.comparison ?? 'gte';
  throw new RuleRejected([...PATH, last], 'No number fulfils this condition.', 'Correct one of its bounds.');
}

function warnOfFractions(bounds: readonly Bound[], attributes: Attributes): void {
  for (const { comparison, value } of bounds) {
    if (Number.isInteger(value)) continue;
    attributes.warn([...PATH, comparison], `A count is never ${value}.`, 'Use a whole number.');
  }
}

function parseFields(field: unknown, type: CorrelationType): readonly FieldReference[] {
  const path = [...PATH, 'field'];
  const counts = type === 'event_count' || isTemporal(type);
  if (field === undefined || field === null) {
    if (counts) return [];
    const message = `A correlation of type ${type} needs a field.`;
    throw new RuleRejected(path, message, 'Add "field:" with the name of the field to look at.');
  }
  if (counts) {
    const message = `A correlation of type ${type} looks at no field.`;
    throw new RuleRejected(path, message, 'Remove it, or use value_count.');
  }
  const members: readonly unknown[] = Array.isArray(field) ? field : [field];
  if (members.length === 0 || (members.length > 1 && type !== 'value_count')) {
    throw new RuleRejected(path, `A correlation of type ${type} takes one field.`, 'Name one field.');
  }
  return members.map((name, index) => {
    const place = Array.isArray(field) ? [...path, index] : path;
    if (typeof name === 'string' && name !== '') return { name, path: place };
    throw new RuleRejected(place, 'The name of a field must be text.', 'Quote it.');
  });
}

function parsePercentile(percentile: unknown, type: CorrelationType): number | null {
  if (percentile === undefined || percentile === null) return null;
  const path = [...PATH, 'percentile'];
  if (type !== 'value_percentile') {
    throw new RuleRejected(path, `A correlation of type ${type} has no percentile.`, 'Use value_percentile.');
  }
  if (typeof percentile === 'number' && percentile >= 0 && percentile <= 100) return percentile;
  throw new RuleRejected(path, 'The percentile must be a number from 0 to 100.', 'For the median write 50.');
}
