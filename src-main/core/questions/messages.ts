import type { QueryNode } from '#shared/query/ast.ts';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { AskedEvent, ExplainOutcome, RuleCase, TestOutcome } from '../../pipeline/rule-questions.ts';

/** Rules as the worker needs them: text, and how the core runs them. */
export interface QuestionedRules {
  /** YAML texts, each under the name that problems give; the rule in question is in the first. */
  readonly sources: readonly { readonly file: string; readonly yaml: string }[];
  /** Id of the rule in question; null takes the first of the first text. */
  readonly ruleId: string | null;
  readonly anyLogsource: boolean;
  /** Value lists and pipelines as they are in use. */
  readonly settings: RuleSettings;
}

export interface QuestionWorkerMethods {
  /** Ids and names that correlations in the texts refer to and that none of them holds. */
  missingReferences(sources: QuestionedRules['sources']): readonly string[];
  explain(request: { readonly rules: QuestionedRules; readonly event: AskedEvent }): ExplainOutcome;
  test(request: { readonly rules: QuestionedRules; readonly cases: readonly RuleCase[] }): TestOutcome;
  /** Makes the engine of a dry run, which this worker then keeps. */
  openDryRun(rules: QuestionedRules): OpenedDryRun;
  /** Matches of the rule in question among these events. */
  dryRun(events: EventColumns): DryRunMatches;
  /** The events are over: what a correlation found in them. */
  endDryRun(request: null): DryRunMatches;
}

export type OpenedDryRun =
  | { readonly ok: true; readonly ruleId: string; readonly prefilter: QueryNode | null }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Events that matched, each once. */
export interface DryRunMatches {
  readonly ids: readonly string[];
  readonly eventTs: readonly number[];
  /** More events count for a correlation than it can hold; the later ones were left out. */
  readonly overflowed: boolean;
}
