import type { Detection, MatchedField } from '#shared/model/alert.ts';
import type { Level } from '#shared/model/severity.ts';
import type { ParsedCorrelation } from '../document/correlation.ts';
import { boundText } from './condition.ts';
import type { Firing } from './group.ts';
import type { CorrelationPlan } from './plan.ts';

/** What a firing is called outside: `level` is the rule's, or the analyst's in its place. */
export function detectionOf({ rule, condition }: CorrelationPlan, firing: Firing, level: Level): Detection {
  const { groupValues, eventId, eventTs, measure, contributors, isFollowUp } = firing;
  const bounds = condition.kind === 'threshold' ? condition.bounds : [];
  const required = bounds.length > 0 ? bounds.map(boundText).join(' and ') : conditionText(rule);
  const measured: MatchedField = {
    field: measureName(rule),
    value: Number.isInteger(measure) ? String(measure) : measure.toPrecision(6),
    pattern: `${required} within ${timespanText(rule.timespanMs)}`,
  };
  const group = rule.groupBy.map(({ name }, place): MatchedField => {
    return { field: name, value: groupValues[place] ?? '', pattern: 'the same in all events' };
  });
  return {
    ruleId: rule.id,
    ruleKind: 'correlation',
    title: rule.title,
    level,
    author: rule.author,
    tags: rule.tags,
    attack: rule.attack[0] ?? null,
    eventId,
    eventTs,
    // The store adds those of the contributing events: holding them with every event would cost more than all else.
    entities: [],
    dedupKey: dedupKeyOf(rule, groupValues),
    matched: [
      { selection: 'condition', fields: [measured] },
      ...(group.length > 0 ? [{ selection: 'group', fields: group }] : []),
    ],
    contributors: isFollowUp ? [eventId] : contributors.ids,
  };
}

/** `kind:rule:value`, as in document 004. Without regard to case, so that a restart finds the same key. */
function dedupKeyOf({ id }: ParsedCorrelation, groupValues: readonly string[]): string {
  const value = groupValues.length === 0 ? 'all' : groupValues.join('|').toLowerCase();
  return `correlation:${id}:${value}`;
}

/** What must be seen, where no number says it. */
export function conditionText({ condition, rules, type }: ParsedCorrelation): string {
  if (condition.kind === 'expression') return condition.text;
  return `${rules.map(({ text }) => text).join(', ')}${type === 'temporal_ordered' ? ' in this order' : ''}`;
}

/** What the condition counts or measures. */
export function measureName({ type, valueFields, percentile }: ParsedCorrelation): string {
  const field = valueFields.map(({ name }) => name).join(' and ');
  switch (type) {
    case 'event_count':
      return 'events';
    case 'value_count':
      return `distinct values of ${field}`;
    case 'value_sum':
      return `sum of ${field}`;
    case 'value_avg':
      return `average of ${field}`;
    case 'value_median':
      return `median of ${field}`;
    case 'value_percentile':
      return percentile === null
        ? `share of this ${field} in percent`
        : `percentile ${percentile} of ${field}`;
    case 'temporal':
    case 'temporal_ordered':
      return 'rules seen';
  }
}

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** The longest unit that says it in a whole number, as a rule would write it. */
export function timespanText(timespanMs: number): string {
  const [unit, ms] = UNITS.find(([, length]) => timespanMs % length === 0) ?? ['s', 1000];
  return `${timespanMs / ms}${unit}`;
}
