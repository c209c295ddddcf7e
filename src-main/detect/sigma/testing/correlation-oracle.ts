import type { Bound, ParsedCorrelation } from '../document/correlation.ts';
import { parseCondition, type Condition } from '../compile/condition.ts';

/** An event that rules matched, as the oracle sees it. */
export interface OracleEvent {
  readonly id: string;
  readonly ts: number;
  /** Names of the rules that matched it. */
  readonly rules: readonly string[];
  readonly fields: Readonly<Record<string, string | number>>;
}

/** A correlation held for the window that ends at an event. */
export interface OracleFiring {
  readonly correlation: string;
  readonly eventId: string;
  readonly group: string;
  readonly measure: number;
  /** Events of the window. */
  readonly window: readonly string[];
}

interface Input {
  readonly rule: string;
  readonly id: string;
  readonly ts: number;
  readonly read: (field: string) => string | number | undefined;
}

/**
 * What correlations find in `events` (in the order in which they came): sorts them by time and computes every
 * window anew from all events. Slow and plain, to be compared with the engine. `correlations` lists what is
 * referenced before what refers to it.
 */
export function oracleFirings(
  correlations: readonly ParsedCorrelation[],
  events: readonly OracleEvent[],
): readonly OracleFiring[] {
  const inputs: Input[] = [...events]
    .sort((left, right) => left.ts - right.ts)
    .flatMap(({ id, ts, rules, fields }) =>
      rules.map((rule) => ({ rule, id, ts, read: (field: string) => fields[field] })),
    );
  return correlations.flatMap((correlation) => {
    const own = inputs.filter(({ rule }) => correlation.rules.some(({ text }) => text === rule));
    const found = firingsOf(correlation, own);
    for (const { trigger } of found) {
      const read = (field: string) => valueOf(correlation, trigger, field);
      inputs.push({ rule: correlation.name ?? correlation.id, id: trigger.id, ts: trigger.ts, read });
    }
    inputs.sort((left, right) => left.ts - right.ts);
    return found.map(({ firing }) => firing);
  });
}

function firingsOf(correlation: ParsedCorrelation, inputs: readonly Input[]) {
  const found: { trigger: Input; firing: OracleFiring }[] = [];
  const fired = new Set<string>();
  for (const [at, trigger] of inputs.entries()) {
    const group = groupOf(correlation, trigger);
    if (group === null || !isUsable(correlation, trigger) || fired.has(`${group} ${trigger.id}`)) continue;
    const window = inputs.filter(
      (input, place) =>
        (place <= at || input.id === trigger.id) &&
        input.ts >= trigger.ts - correlation.timespanMs &&
        input.ts <= trigger.ts &&
        groupOf(correlation, input) === group &&
        isUsable(correlation, input),
    );
    const measure = measureOf(correlation, window, trigger);
    if (!holds(correlation, measure, window)) continue;
    fired.add(`${group} ${trigger.id}`);
    const ids = [...new Set(window.map(({ id }) => id))];
    const firing = { correlation: correlation.id, eventId: trigger.id, group, measure, window: ids };
    found.push({ trigger, firing });
  }
  return found;
}

function valueOf(correlation: ParsedCorrelation, input: Input, name: string): string | number | undefined {
  const alias = correlation.aliases.find((one) => one.name === name);
  return input.read(alias?.fields.find(({ rule }) => rule === input.rule)?.field ?? name);
}

function groupOf(correlation: ParsedCorrelation, input: Input): string | null {
  const values = correlation.groupBy.map(({ name }) => valueOf(correlation, input, name));
  return values.includes(undefined) ? null : values.map((value) => String(value).toLowerCase()).join('|');
}

function isUsable(correlation: ParsedCorrelation, input: Input): boolean {
  const values = correlation.valueFields.map(({ name }) => valueOf(correlation, input, name));
  if (values.includes(undefined)) return false;
  const isText = correlation.type === 'value_count' || isShare(correlation);
  return isText || values.every((value) => Number.isFinite(Number(value)));
}

function isShare({ type, percentile }: ParsedCorrelation): boolean {
  return type === 'value_percentile' && percentile === null;
}

function measureOf(correlation: ParsedCorrelation, window: readonly Input[], trigger: Input): number {
  const events = [...new Map(window.map((input) => [input.id, input])).values()];
  const texts = events.map((input) => textOf(correlation, input));
  const numbers = texts.map(Number).sort((left, right) => left - right);
  const total = numbers.reduce((sum, number) => sum + number, 0);
  switch (correlation.type) {
    case 'event_count':
      return events.length;
    case 'value_count':
      return new Set(texts).size;
    case 'value_sum':
      return total;
    case 'value_avg':
      return total / numbers.length;
    case 'value_median':
      return percentileOf(numbers, 50);
    case 'value_percentile': {
      if (correlation.percentile !== null) return percentileOf(numbers, correlation.percentile);
      const own = textOf(correlation, trigger);
      return (100 * texts.filter((text) => text === own).length) / texts.length;
    }
    case 'temporal':
      return new Set(window.map(({ rule }) => rule)).size;
    case 'temporal_ordered':
      return longestInOrder(
        window,
        correlation.rules.map(({ text }) => text),
      );
  }
}

function textOf(correlation: ParsedCorrelation, input: Input): string {
  return correlation.valueFields
    .map(({ name }) => String(valueOf(correlation, input, name)).toLowerCase())
    .join('|');
}

/** Between two numbers it is interpolated. */
function percentileOf(numbers: readonly number[], percentile: number): number {
  const rank = (percentile / 100) * (numbers.length - 1);
  const below = numbers[Math.floor(rank)] ?? Number.NaN;
  const above = numbers[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** How many of `rules` are met in their order, by different events that do not go back in time. */
function longestInOrder(window: readonly Input[], rules: readonly string[]): number {
  const lengths: number[] = [];
  const sorted = window.filter(({ rule }) => rules.includes(rule));
  for (const { rule, id } of sorted) {
    const before = sorted
      .slice(0, lengths.length)
      .map((earlier, at) =>
        rules.indexOf(earlier.rule) < rules.indexOf(rule) && earlier.id !== id ? (lengths[at] ?? 0) : 0,
      );
    lengths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...lengths);
}

function holds(correlation: ParsedCorrelation, measure: number, window: readonly Input[]): boolean {
  const { condition, rules, type } = correlation;
  const names = rules.map(({ text }) => text);
  switch (condition.kind) {
    case 'threshold':
      return condition.bounds.every((bound) => keeps(bound, measure));
    case 'all':
      return measure === names.length;
    case 'expression': {
      const outcome = parseCondition(condition.text, names);
      if (!outcome.ok) throw new Error(outcome.message);
      const seen = new Set(window.map(({ rule }) => rule));
      const isTrue = isFulfilled(outcome.condition, seen);
      return type === 'temporal'
        ? isTrue
        : isTrue && isFulfilledInOrder(correlation, outcome.condition, window);
    }
  }
}

/** Some set of rules that fulfils the expression, with only what was seen, was met in order. */
function isFulfilledInOrder(
  correlation: ParsedCorrelation,
  condition: Condition,
  window: readonly Input[],
): boolean {
  const names = correlation.rules.map(({ text }) => text);
  const seen = new Set(window.map(({ rule }) => rule));
  const subsets = Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((name, place) => ((bits >> place) & 1) === 1 && seen.has(name)),
  );
  return subsets.some((subset) => {
    // Rules outside of the subset count as they are where they must be absent, and as missing where required.
    if (!isFulfilledBy(condition, new Set(subset), seen, false)) return false;
    return longestInOrder(window, subset) === subset.length;
  });
}

function isFulfilledBy(
  condition: Condition,
  required: ReadonlySet<string>,
  seen: ReadonlySet<string>,
  isNegated: boolean,
): boolean {
  if (condition.kind === 'selection') {
    return isNegated ? !seen.has(condition.name) : required.has(condition.name);
  }
  if (condition.kind === 'not') return isFulfilledBy(condition.operand, required, seen, !isNegated);
  const parts = condition.operands.map((operand) => isFulfilledBy(operand, required, seen, isNegated));
  return (condition.kind === 'or') !== isNegated ? parts.some(Boolean) : parts.every(Boolean);
}

function isFulfilled(condition: Condition, seen: ReadonlySet<string>): boolean {
  if (condition.kind === 'selection') return seen.has(condition.name);
  if (condition.kind === 'not') return !isFulfilled(condition.operand, seen);
  const parts = condition.operands.map((operand) => isFulfilled(operand, seen));
  return condition.kind === 'or' ? parts.some(Boolean) : parts.every(Boolean);
}

function keeps({ comparison, value }: Bound, measure: number): boolean {
  switch (comparison) {
    case 'gt':
      return measure > value;
    case 'gte':
      return measure >= value;
    case 'lt':
      return measure < value;
    case 'lte':
      return measure <= value;
    case 'eq':
      return measure === value;
    case 'neq':
      return measure !== value;
  }
}
