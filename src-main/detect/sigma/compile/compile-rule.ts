import { compileItems, type ItemPool } from './item-pool.ts';
import { parseCondition, withoutSelections, type Condition } from './condition.ts';
import {
  bindCondition,
  joinRequirements,
  positiveSelections,
  type BoundSelection,
  type Requirement,
} from './requirement.ts';
import { RuleRejected, type ParsedFilter, type ParsedRule, type Searches } from '../document/rule.ts';

/**
 * Values that a rule may become: placeholders, dashes and encodings make several of one, and a rule may write
 * 20,000. At 200 bytes each this is 40 MB; SigmaHQ's largest rule has 4,432.
 */
const MAX_RULE_VALUES = 200_000;

/** Selections and conditions with their meaning. */
export interface CompiledSearches {
  readonly requirement: Requirement;
  readonly selections: readonly BoundSelection[];
  /** Selections that can contribute to a match; explanations name these. */
  readonly positive: ReadonlySet<string>;
}

/** A rule that the engine can run; what it requires includes what its filters require. */
export interface CompiledRule extends CompiledSearches {
  readonly rule: ParsedRule;
  readonly filters: readonly CompiledFilter[];
}

export interface CompiledFilter extends CompiledSearches {
  readonly filter: ParsedFilter;
}

/**
 * Gives a rule's values and condition their meaning, and narrows it by filters: `(rule) and (filter)` for each.
 * Throws `RuleRejected` where they have none.
 */
export function compileRule(
  rule: ParsedRule,
  pool: ItemPool,
  filters: readonly CompiledFilter[] = [],
): CompiledRule {
  const searches = compileSearches(rule, pool);
  const parts = [searches.requirement, ...filters.map(({ requirement }) => requirement)];
  return { rule, filters, ...searches, requirement: joinRequirements('and', parts) };
}

/** Gives a filter's values and condition their meaning. Throws `RuleRejected` where they have none. */
export function compileFilter(filter: ParsedFilter, pool: ItemPool): CompiledFilter {
  return { filter, ...compileSearches(filter, pool) };
}

function compileSearches(searches: Searches, pool: ItemPool): CompiledSearches {
  const names = searches.selections.map(({ name }) => name);
  const dropped = new Set(
    searches.selections.flatMap(({ name, alternatives }) => (alternatives.length === 0 ? [name] : [])),
  );
  const conditions = searches.conditions.map(({ text, path }): Condition => {
    const outcome = parseCondition(text, names);
    if (!outcome.ok) throw new RuleRejected(path, outcome.message, outcome.hint);
    const condition = withoutSelections(outcome.condition, dropped);
    if (condition !== null) return condition;
    const hint = 'Drop less, or leave the rule out.';
    throw new RuleRejected(path, 'Processing pipelines drop all that the condition asks for.', hint);
  });
  const kept = searches.selections.filter(({ name }) => !dropped.has(name));
  const maxValues = pool.values + MAX_RULE_VALUES;
  const selections = kept.map(({ name, alternatives }): BoundSelection => {
    const parts = alternatives.map((items) => joinRequirements('and', compileItems(items, pool, maxValues)));
    return { name, requirement: joinRequirements('or', parts) };
  });
  const byName = new Map(selections.map(({ name, requirement }) => [name, requirement]));
  const bound = conditions.map((condition) => bindCondition(condition, byName));
  const positive = new Set(conditions.flatMap((condition) => [...positiveSelections(condition)]));
  return { requirement: joinRequirements('or', bound), selections, positive };
}
