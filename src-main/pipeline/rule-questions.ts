import type { LogEvent, LogSource } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { RuleProblem, SourcePlace } from './rules.ts';

/** The rule that a question is about: one that is loaded, or a text that nobody saved yet. */
export type AskedRule =
  | { readonly kind: 'loaded'; readonly ruleId: string }
  /** `ruleId` picks one of several documents; null takes the first. */
  | { readonly kind: 'yaml'; readonly yaml: string; readonly ruleId: string | null };

/** Parts of a logsource that somebody states about a record; what is left out is resolved as usual. */
export type StatedLogsource = Partial<LogSource>;

/** The event that a question is about: a stored one, or a JSON record as it would be received. */
export type AskedEvent =
  | { readonly kind: 'stored'; readonly event: LogEvent }
  | {
      readonly kind: 'record';
      readonly record: Readonly<Record<string, unknown>>;
      readonly logsource: StatedLogsource | null;
    };

/** One part of a logsource in which rule and event differ. */
export interface LogsourceDifference {
  readonly part: keyof LogSource;
  /** What the rule demands. */
  readonly rule: string;
  /** What the event has; null when it states nothing. */
  readonly event: string | null;
}

export interface LogsourceVerdict {
  readonly accepted: boolean;
  readonly rule: LogSource;
  readonly event: LogSource;
  readonly differences: readonly LogsourceDifference[];
  /** What of the event its logsource was taken from, as a sentence. */
  readonly resolvedFrom: string;
}

/** A condition as a tree, each node with its outcome for the event. */
export interface ConditionNode {
  readonly kind: 'and' | 'or' | 'not' | 'selection';
  readonly holds: boolean;
  /** Name of the selection; null for the other kinds. */
  readonly selection: string | null;
  readonly operands: readonly ConditionNode[];
}

export interface ExplainedCondition {
  readonly text: string;
  readonly root: ConditionNode;
}

/** How one line of a selection went. */
export interface ExplainedItem extends SourcePlace {
  /** Null for keywords, which are looked for in the whole record. */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  /** The rule's values, at most `MAX_SHOWN_VALUES` of them. */
  readonly values: readonly string[];
  readonly valueCount: number;
  /** The event has the field, whatever its value. */
  readonly exists: boolean;
  /** The event's values under the field; for keywords its message. */
  readonly found: readonly string[];
  readonly holds: boolean;
  /** The rule's value that fits; null when none does or when all must. */
  readonly fitting: string | null;
  /** What was compared with what, as a sentence. */
  readonly sentence: string;
}

/** Items that must all hold; a selection holds when any of its alternatives does. */
export interface ExplainedAlternative {
  readonly holds: boolean;
  readonly items: readonly ExplainedItem[];
}

export interface ExplainedSelection {
  readonly name: string;
  readonly holds: boolean;
  /** `needed` can contribute to a match, `excluding` can only prevent one, `unused` is in no condition. */
  readonly role: 'needed' | 'excluding' | 'unused';
  readonly alternatives: readonly ExplainedAlternative[];
}

/** One thing that would have to be otherwise for the rule to match. */
export interface NeededChange extends SourcePlace {
  readonly selection: string;
  readonly field: string | null;
  /** True when the item must hold and does not; false when it holds and must not. */
  readonly mustHold: boolean;
  readonly sentence: string;
}

/** A filter that narrows the rule: its conditions must hold too. */
export interface ExplainedFilter {
  readonly ruleId: string;
  readonly title: string;
  readonly holds: boolean;
  readonly conditions: readonly ExplainedCondition[];
  readonly selections: readonly ExplainedSelection[];
}

/** Why a rule matches an event, or why not. */
export interface RuleExplanation {
  readonly ruleId: string;
  readonly title: string;
  readonly matched: boolean;
  /** One sentence for a person: the outcome and its first reason. */
  readonly summary: string;
  readonly logsource: LogsourceVerdict;
  /** More than one are alternatives. */
  readonly conditions: readonly ExplainedCondition[];
  readonly selections: readonly ExplainedSelection[];
  /** Fewest changes of the event under which the conditions would hold; empty when they do. */
  readonly changes: readonly NeededChange[];
  /** Selections that hold and can only prevent a match, and filters that do not let the event pass, by name. */
  readonly excludedBy: readonly string[];
  readonly filters: readonly ExplainedFilter[];
}

/** What a correlation asks for, and what the rules that it looks at say of one event. */
export interface CorrelationExplanation {
  readonly ruleId: string;
  readonly title: string;
  readonly type: string;
  /** What must come together, as text: "events gte 5 within 5m". */
  readonly requirement: string;
  readonly timespanMs: number;
  /** True when the event counts: a rule that the correlation looks at matches it. */
  readonly counts: boolean;
  readonly summary: string;
  /** Values that decide to which group the event belongs, by rule that matches it. */
  readonly groups: readonly {
    readonly ruleId: string;
    readonly values: readonly { readonly field: string; readonly value: string | null }[];
  }[];
  readonly rules: readonly RuleExplanation[];
}

/** An explanation, or the problems that keep the rule from running at all. */
export type ExplainOutcome =
  | {
      readonly ok: true;
      readonly kind: 'rule';
      readonly explanation: RuleExplanation;
      readonly event: LogEvent;
    }
  | {
      readonly ok: true;
      readonly kind: 'correlation';
      readonly correlation: CorrelationExplanation;
      readonly event: LogEvent;
    }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

export interface ExplainRequest {
  readonly rule: AskedRule;
  readonly event: AskedEvent;
}

/** A name that may be written, and what it means. */
export interface VocabularyWord {
  readonly name: string;
  readonly description: string;
}

export interface VocabularyKey extends VocabularyWord {
  /** Part of a document in which the key stands. */
  readonly section: 'rule' | 'logsource' | 'detection' | 'correlation' | 'filter';
  readonly required: boolean;
}

export interface VocabularyModifier extends VocabularyWord {
  readonly group: 'text' | 'list' | 'expression' | 'encoding' | 'number' | 'time' | 'address' | 'other';
}

/** A logsource that is known to rule writers, or that stored events have. */
export interface VocabularyLogsource extends LogSource {
  /** In Harrier's table of logsources. */
  readonly known: boolean;
  /** Stored events that it accepts. */
  readonly events: number;
}

/** Field names of the stored events of one logsource, from a sample of the newest. */
export interface SeenFields extends LogSource {
  readonly events: number;
  readonly sampled: number;
  readonly fields: readonly { readonly name: string; readonly count: number }[];
}

/** Field names that the taxonomy gives to a logsource. */
export interface TaxonomyFields extends LogSource {
  readonly fields: readonly string[];
}

/** Everything that an editor may offer while a rule is written. */
export interface RuleVocabulary {
  readonly keys: readonly VocabularyKey[];
  readonly modifiers: readonly VocabularyModifier[];
  readonly conditions: readonly VocabularyWord[];
  readonly logsources: readonly VocabularyLogsource[];
  readonly seen: readonly SeenFields[];
  readonly taxonomy: readonly TaxonomyFields[];
  readonly statuses: readonly VocabularyWord[];
  readonly levels: readonly { readonly name: Level; readonly description: string }[];
  readonly placeholders: readonly string[];
}

/** An event that a rule must match, or must leave alone. */
export interface RuleCase {
  /** What the case is about, for people; may be empty. */
  readonly name: string;
  readonly expect: 'match' | 'no_match';
  readonly record: Readonly<Record<string, unknown>>;
  readonly logsource: StatedLogsource | null;
}

/** How one case went. */
export interface CaseResult {
  readonly matched: boolean;
  readonly passed: boolean;
  /** Why the rule matched or did not, as a sentence; for a record that could not be read, why not. */
  readonly summary: string;
}

/** Cases tried on a rule, or the problems that keep the rule from running. */
export type TestOutcome =
  | { readonly ok: true; readonly results: readonly CaseResult[] }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Cases beside a rule, each with its present outcome; none of them when the rule does not run. */
export interface RuleCases {
  readonly cases: readonly (RuleCase & { readonly origin: 'shipped' | 'own' })[];
  readonly outcome: TestOutcome;
  /** When the own cases were last saved; null when there are none. */
  readonly updatedTs: number | null;
}

/** Which stored events a dry run looks at: a span of event time, of all events or of one import. */
export interface DryRunRequest {
  readonly rule: AskedRule;
  /** UTC epoch milliseconds, half open; null is unbounded. */
  readonly since: number | null;
  readonly until: number | null;
  readonly importId: string | null;
  /** Matching events that are shown. */
  readonly sample: number;
}

/** Why a dry run ended before it had seen everything. */
export type DryRunLimit = 'time_limit' | 'event_limit' | 'stalled';

/** What a rule would have matched. */
export interface DryRunReport {
  readonly ruleId: string;
  /** Events that the rule was run on; the store had excluded the others by logsource and text. */
  readonly examined: number;
  readonly matched: number;
  readonly elapsedMs: number;
  /** Null when every event of the span was seen. */
  readonly limit: DryRunLimit | null;
  /** Matching events, newest first. */
  readonly sample: readonly LogEvent[];
  /** Matches by hour of event time, in order; hours without any are left out. */
  readonly byHour: readonly { readonly start: number; readonly count: number }[];
}

export type DryRunOutcome =
  | { readonly ok: true; readonly report: DryRunReport }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** What one may ask about rules. Answers come from a worker of their own; the live detector is not disturbed. */
export interface RuleQuestions {
  /** Throws `not_found` for a rule that is not loaded and `query_timeout` when it takes too long. */
  explain(request: ExplainRequest): Promise<ExplainOutcome>;
  /** Tries cases on a rule that need not be saved. */
  test(rule: AskedRule, cases: readonly RuleCase[]): Promise<TestOutcome>;
  /** Cases that ship with a rule and those that were saved for it. Throws `not_found`. */
  cases(ruleId: string): Promise<RuleCases>;
  /** Replaces the saved cases of a rule and tries all. Throws `not_found`. */
  saveCases(ruleId: string, cases: readonly RuleCase[]): Promise<RuleCases>;
  /**
   * Runs a rule over stored events as the live engine would, raising nothing. Ends early when `signal` aborts; throws
   * `not_ready` while too many run.
   */
  dryRun(request: DryRunRequest, signal: AbortSignal): Promise<DryRunOutcome>;
  vocabulary(): Promise<RuleVocabulary>;
}
