import { compileItems, type ItemPool } from './item-pool.ts';
import { parseCondition, type Condition } from './condition.ts';
import {
  bindCondition,
  joinRequirements,
  positiveSelections,
  type BoundSelection,
  type Requirement,
} from './requirement.ts';
import { RuleRejected, type ParsedRule } from '../document/rule.ts';

/** A rule that the engine can run. */
export interface CompiledRule {
  readonly rule: ParsedRule;
  readonly requirement: Requirement;
  readonly selections: readonly BoundSelection[];
  /** Selections that can contribute to a match; explanations name these. */
  readonly positive: ReadonlySet<string>;
}

/** Gives a rule's values and condition their meaning. Throws `RuleRejected` where they have none. */
export function compileRule(rule: ParsedRule, pool: ItemPool): CompiledRule {
  const names = rule.selections.map(({ name }) => name);
  const conditions = rule.conditions.map(({ text, path }): Condition => {
    const outcome = parseCondition(text, names);
    if (outcome.ok) return outcome.condition;
    throw new RuleRejected(path, outcome.message, outcome.hint);
  });
  const selections = rule.selections.map(({ name, alternatives }): BoundSelection => {
    const parts = alternatives.map((items) => joinRequirements('and', compileItems(items, pool)));
    return { name, requirement: joinRequirements('or', parts) };
  });
  const byName = new Map(selections.map(({ name, requirement }) => [name, requirement]));
  const bound = conditions.map((condition) => bindCondition(condition, byName));
  const positive = new Set(conditions.flatMap((condition) => [...positiveSelections(condition)]));
  return { rule, requirement: joinRequirements('or', bound), selections, positive };
}
