import type { LogEvent } from '#shared/model/event.ts';
import type { CorrelationExplanation, RuleExplanation } from '../../../pipeline/rule-questions.ts';
import { boundText } from '../correlation/condition.ts';
import { conditionText, measureName, timespanText } from '../correlation/firing-detection.ts';
import type { ParsedCorrelation } from '../document/correlation.ts';
import type { SigmaDocuments } from '../document/documents.ts';
import { RuleDirectory } from '../document/rule-directory.ts';
import type { DocumentMetadata } from '../document/rule.ts';
import { FieldReader } from '../match/field-reader.ts';

export interface ExplainCorrelationParts {
  readonly correlation: ParsedCorrelation;
  /** Everything that the correlation may refer to. */
  readonly documents: SigmaDocuments;
  readonly event: LogEvent;
  /** Explains a rule by its id; null when it does not run. */
  readonly explain: (ruleId: string) => RuleExplanation | null;
}

/**
 * What a correlation asks for, and whether the event counts for it: what each rule below it says, and which group
 * the event belongs to. How full that group's window is only the running engine knows.
 */
export function explainCorrelation(parts: ExplainCorrelationParts): CorrelationExplanation {
  const { correlation, event } = parts;
  const rules = baseRuleIds(parts).flatMap((id) => parts.explain(id) ?? []);
  const matching = rules.filter(({ matched }) => matched);
  const groups = matching.map(({ ruleId }) => ({
    ruleId,
    values: correlation.groupBy.map(({ name }) => {
      const field = fieldOf(name, ruleId, parts);
      const value = new FieldReader(field).read(event);
      return { field, value: value === undefined || value === null ? null : textOf(value) };
    }),
  }));
  const requirement = requirementOf(correlation);
  return {
    ruleId: correlation.id,
    title: correlation.title,
    type: correlation.type,
    requirement,
    timespanMs: correlation.timespanMs,
    counts: matching.length > 0,
    summary: summaryOf(requirement, matching, rules),
    groups,
    rules,
  };
}

/** Ids of the rules below a correlation, through correlations of correlations, each once. */
function baseRuleIds({ correlation, documents }: ExplainCorrelationParts): readonly string[] {
  const { rules, correlations } = documents;
  const directory = new RuleDirectory<DocumentMetadata>([...rules, ...correlations]);
  const ids = new Set<string>();
  const entered = new Set<string>();
  const enter = (current: ParsedCorrelation): void => {
    if (entered.has(current.id)) return;
    entered.add(current.id);
    for (const { text } of current.rules) {
      const found = directory.find(text);
      if (found.kind !== 'found') continue;
      const inner = correlations.find(({ id }) => id === found.document.id);
      if (inner === undefined) ids.add(found.document.id);
      else enter(inner);
    }
  };
  enter(correlation);
  return [...ids];
}

/** What the rule's events call a field that the correlation groups by. */
function fieldOf(name: string, ruleId: string, { correlation, documents }: ExplainCorrelationParts): string {
  const alias = correlation.aliases.find((one) => one.name === name);
  const ruleName = documents.rules.find(({ id }) => id === ruleId)?.name;
  const own = alias?.fields.find(({ rule }) => rule === ruleId || rule === ruleName);
  return own?.field ?? name;
}

function requirementOf(correlation: ParsedCorrelation): string {
  const { condition, timespanMs } = correlation;
  const what =
    condition.kind === 'threshold'
      ? `${measureName(correlation)} ${condition.bounds.map(boundText).join(' and ')}`
      : conditionText(correlation);
  return `${what} within ${timespanText(timespanMs)}`;
}

function summaryOf(
  requirement: string,
  matching: readonly RuleExplanation[],
  rules: readonly RuleExplanation[],
): string {
  if (matching.length === 0) {
    return `The event does not count for the correlation: none of its ${rules.length} rules matches it.`;
  }
  const names = matching.map(({ title }) => title).join(', ');
  return `The event counts: ${names} matches it. The correlation matches when it sees ${requirement}.`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
