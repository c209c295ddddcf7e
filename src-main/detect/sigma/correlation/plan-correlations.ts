import { createHash } from 'node:crypto';
import { isTemporal, type ParsedCorrelation } from '../document/correlation.ts';
import { RuleRejected, type ParsedRule } from '../document/rule.ts';
import { alternativesOf } from './alternatives.ts';
import { enoughEvents, type MatchCondition } from './condition.ts';
import { FieldPlaces } from './field-places.ts';
import { MAX_GROUP_EVENTS } from './limits.ts';
import type { CorrelationPlan, CorrelationPlans } from './plan.ts';
import { ReferenceResolver } from './references.ts';
import type { ResolvedCorrelation } from './resolved.ts';

/** Rules of an ordered correlation that counts them: every group keeps the square of it. */
const MAX_COUNTED_RULES = 16;

export interface PlanInput {
  readonly rules: readonly ParsedRule[];
  /** Of each rule that was compiled, by id: what decides which events it matches, as plain data. */
  readonly runnable: ReadonlyMap<string, unknown>;
  readonly correlations: readonly ParsedCorrelation[];
  /** Told of each correlation that has no meaning, and why. */
  readonly refused: (correlation: ParsedCorrelation, error: RuleRejected) => void;
}

/** Makes correlations ready to run: finds their rules, orders them, and settles which fields they read. */
export function planCorrelations({ rules, runnable, correlations, refused }: PlanInput): CorrelationPlans {
  const conditions = new Map<ParsedCorrelation, MatchCondition>();
  const meaningful = correlations.filter((correlation) => {
    try {
      conditions.set(correlation, conditionOf(correlation));
      return true;
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      refused(correlation, error);
      return false;
    }
  });
  const meaningfulIds = new Set(meaningful.map(({ id }) => id));
  const resolver = new ReferenceResolver(rules, correlations, {
    isRunnable: (rule) => (rule.kind === 'correlation' ? meaningfulIds.has(rule.id) : runnable.has(rule.id)),
    refused,
  });
  const resolved = resolver.resolveAll(meaningful);
  const places = new FieldPlaces(resolved);
  const fingerprints = new Map<string, unknown>(runnable);
  const plans = resolved.map((one) => {
    const condition = conditions.get(one.rule) ?? { kind: 'alternatives', alternatives: [] };
    const fingerprint = fingerprintOf(one, condition, fingerprints);
    fingerprints.set(one.rule.id, fingerprint);
    return { rule: one.rule, inputs: places.inputsOf(one), condition, fingerprint } satisfies CorrelationPlan;
  });
  return { baseRules: places.baseRules, correlations: plans };
}

function conditionOf(correlation: ParsedCorrelation): MatchCondition {
  const { condition, rules, type } = correlation;
  switch (condition.kind) {
    case 'all':
      return { kind: 'alternatives', alternatives: [{ required: [...rules.keys()], absent: [] }] };
    case 'expression':
      return { kind: 'alternatives', alternatives: alternativesOf(correlation, condition) };
    case 'threshold':
      refuseUnreachable(correlation, condition);
      if (type === 'temporal_ordered' && rules.length > MAX_COUNTED_RULES) {
        const message = `Of more than ${MAX_COUNTED_RULES} rules in order, none can be left out.`;
        throw new RuleRejected(condition.path, message, 'Remove the condition, or split the correlation.');
      }
      return condition;
  }
}

/** A threshold above what there can be, or above what a group may keep, would silently never be reached. */
function refuseUnreachable(
  { type, rules }: ParsedCorrelation,
  condition: Extract<ParsedCorrelation['condition'], { kind: 'threshold' }>,
): void {
  const most = isTemporal(type) ? rules.length : MAX_GROUP_EVENTS;
  const isCount = isTemporal(type) || type === 'event_count' || type === 'value_count';
  if (!isCount || enoughEvents('event_count', condition) <= most) return;
  const least = condition.bounds.filter(({ comparison }) => ['gt', 'gte', 'eq'].includes(comparison));
  if (least.every(({ value }) => value <= most)) return;
  const what = isTemporal(type) ? `There are only ${most} rules` : `A group keeps ${most} events at most`;
  throw new RuleRejected(condition.path, `${what}, so this is never reached.`, 'Lower the number.');
}

/** Digest of what decides when a correlation matches, down to its rules. Titles and levels are no part of it. */
function fingerprintOf(
  { rule, referents }: ResolvedCorrelation,
  condition: MatchCondition,
  below: ReadonlyMap<string, unknown>,
): string {
  const meaning = {
    inputs: referents.map(({ rule: input }) => [input.id, below.get(input.id)]),
    type: rule.type,
    groupBy: rule.groupBy.map(({ name }) => name),
    aliases: rule.aliases.map(({ name, fields }) => [name, fields.map(({ rule: of, field }) => [of, field])]),
    timespanMs: rule.timespanMs,
    valueFields: rule.valueFields.map(({ name }) => name),
    percentile: rule.percentile,
    condition: condition.kind === 'threshold' ? condition.bounds : condition.alternatives,
  };
  return createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 32);
}
