import type { LogEvent, LogSource } from '#shared/model/event.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import type {
  ExplainedFilter,
  ExplainedSelection,
  LogsourceDifference,
  RuleExplanation,
} from '../../../pipeline/rule-questions.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import type { Condition } from '../compile/condition.ts';
import type { ItemPool } from '../compile/item-pool.ts';
import type { RuleSource, Searches } from '../document/rule.ts';
import type { Evidence } from '../match/explain.ts';
import { explainConditions, parsedConditions } from './condition-tree.ts';
import { explainSelection } from './explain-selection.ts';
import { changesFor } from './nearest-miss.ts';

/** An explanation as far as the engine can give it; how the event got its logsource is the enricher's to say. */
export interface EngineExplanation extends Omit<RuleExplanation, 'logsource'> {
  readonly logsource: Omit<RuleExplanation['logsource'], 'resolvedFrom'>;
}

export interface ExplainParts {
  readonly compiled: CompiledRule;
  readonly pool: ItemPool;
  /** Turned to the event. */
  readonly evidence: Evidence;
  readonly event: LogEvent;
  readonly anyLogsource: boolean;
}

/** Why a rule matches an event, or why not, down to each line of each selection. */
export function explainRule(parts: ExplainParts): EngineExplanation {
  const { compiled, event, anyLogsource } = parts;
  const { rule } = compiled;
  const own = explainSearches(rule, parts);
  const filters = compiled.filters.map(({ filter }): ExplainedFilter => {
    const { conditions, selections, holds } = explainSearches(filter, parts);
    return { ruleId: filter.id, title: filter.title, holds, conditions, selections };
  });
  const accepted = anyLogsource || acceptsLogsource(rule.logsource, event.logsource);
  const closed = filters.filter(({ holds }) => !holds);
  const explanation = {
    ruleId: rule.id,
    title: rule.title,
    matched: accepted && parts.evidence.evaluator.fulfils(compiled.requirement),
    logsource: {
      accepted,
      rule: rule.logsource,
      event: event.logsource,
      differences: accepted ? [] : differencesOf(rule.logsource, event.logsource),
    },
    conditions: own.conditions,
    selections: own.selections,
    changes: own.changes,
    excludedBy: [...excludingOf(own.selections), ...closed.map(({ title }) => title)],
    filters,
  };
  return { ...explanation, summary: summaryOf(explanation) };
}

interface ExplainedSearches extends Pick<RuleExplanation, 'conditions' | 'selections' | 'changes'> {
  readonly holds: boolean;
}

/** The selections and conditions of a rule or of a filter. */
function explainSearches(
  searches: Searches & RuleSource,
  { pool, evidence }: ExplainParts,
): ExplainedSearches {
  const roles = rolesOf(parsedConditions(searches).map(({ condition }) => condition));
  const selections = searches.selections.map((selection) =>
    explainSelection(selection, roles.get(selection.name) ?? 'unused', { source: searches, pool, evidence }),
  );
  const byName = new Map(selections.map((selection) => [selection.name, selection]));
  const conditions = explainConditions(searches, (name) => byName.get(name)?.holds === true);
  const holds = conditions.some(({ root }) => root.holds);
  const changes = conditions.map(({ root }) => changesFor(root, true, byName));
  const fewest = changes.reduce((best, list) => (list.length < best.length ? list : best));
  return { conditions, selections, changes: holds ? [] : fewest, holds };
}

type Roles = ReadonlyMap<string, ExplainedSelection['role']>;

/** Whether a selection can contribute to a match or only prevent one. */
function rolesOf(conditions: readonly Condition[]): Roles {
  const roles = new Map<string, ExplainedSelection['role']>();
  const visit = (node: Condition, isPositive: boolean): void => {
    if (node.kind === 'selection') {
      if (isPositive || !roles.has(node.name)) roles.set(node.name, isPositive ? 'needed' : 'excluding');
    } else if (node.kind === 'not') visit(node.operand, !isPositive);
    else for (const operand of node.operands) visit(operand, isPositive);
  };
  for (const condition of conditions) visit(condition, true);
  return roles;
}

function excludingOf(selections: readonly ExplainedSelection[]): readonly string[] {
  return selections.filter(({ holds, role }) => holds && role === 'excluding').map(({ name }) => name);
}

function differencesOf(rule: LogSource, event: LogSource): readonly LogsourceDifference[] {
  const parts: readonly (keyof LogSource)[] = ['product', 'category', 'service'];
  const none: LogSource = { category: null, product: null, service: null };
  return parts.flatMap((part) => {
    const stated = rule[part];
    // One part alone, so that what includes what is decided in one place.
    if (stated === null || acceptsLogsource({ ...none, [part]: stated }, event)) return [];
    return [{ part, rule: stated, event: event[part] }];
  });
}

function summaryOf({ matched, logsource, changes, excludedBy }: Omit<EngineExplanation, 'summary'>): string {
  if (matched) return 'The rule matches the event.';
  if (!logsource.accepted) {
    const { rule, event } = logsource;
    return `The rule reads ${logsourceText(rule)}, and the event is ${logsourceText(event)} (product/category/service).`;
  }
  const missing = changes.filter(({ mustHold }) => mustHold);
  const [first] = missing;
  if (first === undefined) {
    const why = changes[0]?.sentence ?? 'its condition does not hold.';
    return `Excluded by ${excludedBy.join(', ')}: ${why}`;
  }
  const more = missing.length > 1 ? ` (and ${missing.length - 1} more)` : '';
  return `${first.selection} does not hold${more}: ${first.sentence}`;
}
