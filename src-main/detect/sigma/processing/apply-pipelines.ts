import type { LogSource } from '#shared/model/event.ts';
import type { FieldAlias, FieldReference, ParsedCorrelation } from '../document/correlation.ts';
import { RuleRejected, type ParsedFilter, type ParsedRule } from '../document/rule.ts';
import { Draft, type Rename } from './draft.ts';
import { inOrder, runItems, type ProcessingPipeline } from './pipeline.ts';

/** A rule and the filters that narrow it, as pipelines left them. */
export interface ProcessedRule {
  readonly rule: ParsedRule;
  readonly filters: readonly ParsedFilter[];
}

/**
 * Applies pipelines to a rule, in the order of their priority. Its filters are part of it, as in pySigma: they are
 * changed as if their selections were the rule's. Throws `RuleRejected` when a pipeline refuses the rule.
 */
export function processRule(
  rule: ParsedRule,
  filters: readonly ParsedFilter[],
  pipelines: readonly ProcessingPipeline[],
): ProcessedRule {
  if (pipelines.length === 0) return { rule, filters };
  const draft = new Draft({
    facts: rule,
    logsource: rule.logsource,
    referenced: [],
    searches: [rule, ...filters].map(({ selections, conditions }) => ({ selections, conditions })),
    vars: varsOf(pipelines),
  });
  for (const { items } of inOrder(pipelines)) runItems(items, draft);
  const [searches = rule, ...ofFilters] = draft.searches;
  return {
    rule: { ...rule, ...draft.facts, ...searches, logsource: draft.logsource ?? rule.logsource },
    filters: filters.map((filter, index) => ({ ...filter, ...ofFilters[index] })),
  };
}

/**
 * Applies pipelines to a correlation: the fields that it groups by, maps and measures.
 *
 * @param referenced logsources of all rules that it uses, for conditions on the logsource.
 */
export function processCorrelation(
  correlation: ParsedCorrelation,
  referenced: readonly LogSource[],
  pipelines: readonly ProcessingPipeline[],
): ParsedCorrelation {
  if (pipelines.length === 0) return correlation;
  const vars = varsOf(pipelines);
  const draft = new Draft({ facts: correlation, logsource: null, referenced, searches: [], vars });
  let { groupBy, aliases, valueFields } = correlation;
  draft.renameFields = (rename) => {
    const names = new Set(aliases.map(({ name }) => name));
    groupBy = groupBy.flatMap((field) => (names.has(field.name) ? [field] : renamed(field, rename)));
    valueFields = valueFields.map((field) => (names.has(field.name) ? field : renamedOnce(field, rename)));
    aliases = aliases.map((alias) => renamedAlias(alias, rename));
  };
  for (const { items } of inOrder(pipelines)) runItems(items, draft);
  return { ...correlation, ...draft.facts, groupBy, aliases, valueFields };
}

function varsOf(pipelines: readonly ProcessingPipeline[]): ProcessingPipeline['vars'] {
  return new Map(inOrder(pipelines).flatMap(({ vars }) => [...vars]));
}

/** Several names group by all of them. */
function renamed(field: FieldReference, rename: Rename): readonly FieldReference[] {
  return rename(field.name)?.map((name) => ({ ...field, name })) ?? [field];
}

/** A value is measured in one field. */
function renamedOnce(field: FieldReference, rename: Rename): FieldReference {
  return { ...field, name: oneName(field.name, field.path, rename) };
}

function renamedAlias(alias: FieldAlias, rename: Rename): FieldAlias {
  const fields = alias.fields.map((one) => ({ ...one, field: oneName(one.field, one.path, rename) }));
  return { ...alias, fields };
}

function oneName(field: string, path: FieldReference['path'], rename: Rename): string {
  const [name = field, ...others] = rename(field) ?? [field];
  if (others.length === 0) return name;
  const message = `A pipeline maps "${field}" to several fields, of which a correlation can use one here.`;
  throw new RuleRejected(path, message, 'Map it to one field, or exclude correlations from the mapping.');
}
