import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import { RuleDirectory } from '../document/rule-directory.ts';
import type { DocumentMetadata, Finding, ParsedFilter, ParsedRule, RuleReference } from '../document/rule.ts';

/**
 * Filters of one rule. Each costs every rule that it reaches memory and time; a file of the permitted size could
 * hold 8,000 for all rules.
 */
const MAX_FILTERS = 500;

/** Which filters narrow which rules. */
export interface FilterAssignment {
  /** Filters of each rule that has any, in the order of the filters. */
  readonly byRule: ReadonlyMap<ParsedRule, readonly ParsedFilter[]>;
  /** Targets that a filter does not reach, and filters that reach none: all of them warnings. */
  readonly findings: readonly { readonly filter: ParsedFilter; readonly finding: Finding }[];
}

/**
 * Finds the rules that each filter narrows: those that it names by id or name, or any, and of these only the
 * rules whose logsource lies within the filter's. Correlations are never narrowed, as in pySigma.
 *
 * @param others correlations, which a filter may name but does not reach.
 */
export function assignFilters(
  filters: readonly ParsedFilter[],
  rules: readonly ParsedRule[],
  others: readonly DocumentMetadata[],
): FilterAssignment {
  const directory = new RuleDirectory<DocumentMetadata>([...rules, ...others]);
  // Which of two rules with one id runs is decided later, so that a filter of that id is for both.
  const byId = Map.groupBy(rules, ({ id }) => id);
  const byRule = new Map<ParsedRule, ParsedFilter[]>();
  const findings: FilterAssignment['findings'][number][] = [];
  for (const filter of filters) {
    const reached = new Set<ParsedRule>();
    const misses: Finding[] = [];
    if (filter.targets.kind === 'any') {
      for (const rule of rules) if (acceptsLogsource(filter.logsource, rule.logsource)) reached.add(rule);
    } else {
      for (const reference of filter.targets.references) {
        const found = directory.find(reference.text);
        const named = found.kind === 'found' ? (byId.get(found.document.id) ?? []) : [];
        const within = named.filter((rule) => acceptsLogsource(filter.logsource, rule.logsource));
        for (const rule of within) reached.add(rule);
        if (within.length === 0) misses.push(missOf(reference, found.kind, named[0], filter));
      }
    }
    if (reached.size === 0) misses.push(idleFilter(filter));
    const full: ParsedRule[] = [];
    for (const rule of reached) {
      const own = byRule.get(rule);
      if (own === undefined) byRule.set(rule, [filter]);
      else if (own.length < MAX_FILTERS) own.push(filter);
      else full.push(rule);
    }
    if (full.length > 0) misses.push(tooManyFilters(full));
    findings.push(...misses.map((finding) => ({ filter, finding })));
  }
  return { byRule, findings };
}

function missOf(
  { text, path }: RuleReference,
  kind: 'found' | 'missing' | 'ambiguous',
  rule: ParsedRule | undefined,
  filter: ParsedFilter,
): Finding {
  const problem = (message: string, hint: string): Finding => ({ path, message, hint, severity: 'warning' });
  if (rule !== undefined) {
    const message = `The rule ${text} reads ${logsourceText(rule.logsource)}, which is outside of the filter's logsource, ${logsourceText(filter.logsource)}; it is not narrowed.`;
    return problem(message, "Widen the filter's logsource, or remove the rule from its list.");
  }
  if (kind === 'missing') {
    return problem(`There is no rule with the id or name "${text}".`, 'Load the rule, or correct the id.');
  }
  if (kind === 'ambiguous') {
    return problem(`Several rules have the name "${text}"; none of them is narrowed.`, 'Name it by its id.');
  }
  return problem(`"${text}" is a correlation; filters narrow only rules.`, 'Name the rules that it uses.');
}

function tooManyFilters(rules: readonly ParsedRule[]): Finding {
  const [first] = rules;
  const message = `${rules.length} rules have ${MAX_FILTERS} filters already and are not narrowed by this one, ${first?.id ?? ''} among them.`;
  return { path: ['filter', 'rules'], message, hint: 'Join filters into one.', severity: 'error' };
}

function idleFilter({ targets, logsource }: ParsedFilter): Finding {
  const message =
    targets.kind === 'any'
      ? `The filter narrows nothing: no rule reads ${logsourceText(logsource)}.`
      : 'The filter narrows nothing: none of the rules that it names can be narrowed.';
  return { path: ['filter', 'rules'], message, hint: 'It can be removed.', severity: 'warning' };
}
