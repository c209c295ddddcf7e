import type { AskedEvent, ExplainOutcome, RuleCase, TestOutcome } from '../../pipeline/rule-questions.ts';

/** Rules as the worker needs them: text, and how the core runs them. */
export interface QuestionedRules {
  /** YAML texts, each under the name that problems give; the rule in question is in the first. */
  readonly sources: readonly { readonly file: string; readonly yaml: string }[];
  /** Id of the rule in question; null takes the first of the first text. */
  readonly ruleId: string | null;
  readonly anyLogsource: boolean;
}

export interface QuestionWorkerMethods {
  explain(request: { readonly rules: QuestionedRules; readonly event: AskedEvent }): ExplainOutcome;
  test(request: { readonly rules: QuestionedRules; readonly cases: readonly RuleCase[] }): TestOutcome;
}
