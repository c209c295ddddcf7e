import type { Level } from '#shared/model/severity.ts';
import type { LoadedRule, RuleProblem, RuleVerdict } from './rules.ts';

/** What an analyst may switch without touching a rule's text. What is left out stays as it is. */
export interface RuleSwitches {
  readonly enabled?: boolean;
  /** Null gives the rule its own level back. */
  readonly level?: Level | null;
}

/** Who changes a rule, and why. */
export interface ChangeNote {
  /** Name of the caller's token. */
  readonly author: string;
  readonly reason: string;
}

export interface RuleEdit {
  readonly yaml: string;
  /** Version of the rule whose text was edited; null compares nothing. */
  readonly baseVersion: number | null;
}

/** What an import takes rules from. */
export type ImportSource =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'upload'; readonly name: string; readonly body: AsyncIterable<Uint8Array> };

/**
 * What became, or would become, of one rule, or of one file without any. An invalid one is no rule; the engine cannot
 * run an unsupported one.
 */
export type RuleImportOutcome =
  'added' | 'changed' | 'unchanged' | 'duplicate_id' | 'invalid' | 'unsupported' | 'unreadable';

export interface ImportedRule {
  /** As a person knows it; `rules.zip!windows/a.yml` inside an archive. */
  readonly file: string;
  readonly outcome: RuleImportOutcome;
  /** Null where no rule could be read. */
  readonly ruleId: string | null;
  readonly title: string;
  /** Of a changed rule: its parts that differ, as `detection`. */
  readonly changedFields: readonly string[];
  /** What the outcome needs said: which file has the id already, why a file was not read. */
  readonly reason: string;
  /** Why nothing stored so far could match; null when something could, and for rules that were not taken. */
  readonly neverMatches: string | null;
  readonly problems: readonly RuleProblem[];
}

export interface RuleImportReport {
  /** Rule files that were read. */
  readonly files: number;
  /** Members of archives that are no rule files. */
  readonly others: number;
  readonly rules: readonly ImportedRule[];
  readonly durationMs: number;
}

/** What made the engine take its rules anew. */
export const RELOAD_TRIGGERS = ['start', 'change', 'watch', 'request'] as const;

export type ReloadTrigger = (typeof RELOAD_TRIGGERS)[number];

/** One attempt to load the rules. After a failed one the engine before it goes on. */
export interface ReloadReport {
  readonly ts: number;
  readonly trigger: ReloadTrigger;
  readonly durationMs: number;
  /** What went wrong, as a sentence; null when the new rules run. */
  readonly error: string | null;
}

/** A rule folder or file of the settings, and how changes of it are noticed. */
export interface WatchedPath {
  readonly path: string;
  readonly how: 'events' | 'polling';
}

/** The running engine, for people who ask whether it is well. */
export interface EngineStatus {
  /** When the rules that run now were loaded. */
  readonly loadedTs: number;
  readonly lastReload: ReloadReport;
  readonly watched: readonly WatchedPath[];
  /** Distinct comparisons that the rules ask, and distinct fields that they read. */
  readonly items: number;
  readonly fields: number;
  /** Heap of the engine's thread; its rules are by far the most of it. */
  readonly heapBytes: number;
  readonly correlations: readonly CorrelationHolding[];
  readonly correlationLimits: CorrelationLimits;
}

/** What one correlation may hold; the oldest goes first. */
export interface CorrelationLimits {
  readonly groups: number;
  /** Events of one group, and of all its groups together. */
  readonly groupEvents: number;
  readonly events: number;
}

/** What the running engine holds of one correlation, and what it could not use since its rules were loaded. */
export interface CorrelationHolding {
  readonly ruleId: string;
  readonly groups: number;
  readonly events: number;
  /** Events that wait until none can come before them any more. */
  readonly waiting: number;
  readonly missingField: number;
  readonly notNumeric: number;
  readonly tooLate: number;
  /** Dropped before their time, because a limit was reached. */
  readonly groupsEvicted: number;
  readonly eventsEvicted: number;
  readonly firings: number;
}

/** What the API may do with rules. */
export interface RuleCommands {
  list(): readonly LoadedRule[];
  get(ruleId: string): LoadedRule | null;
  problems(): readonly RuleProblem[];
  check(yaml: string): Promise<RuleVerdict>;
  /** Why a rule cannot have matched anything seen since the start, by rule id; rules that can are absent. */
  neverMatches(): Promise<ReadonlyMap<string, string>>;
  /**
   * Persists the rules of a text and swaps them into the running engine; the first of them is returned. Throws
   * `rule_invalid`, or `conflict` when one of the ids is taken.
   */
  create(yaml: string, note: ChangeNote): Promise<LoadedRule>;
  /**
   * Replaces the text of a rule. Throws `rule_invalid`, or `conflict` when the text changed after `baseVersion`;
   * null compares nothing.
   */
  update(ruleId: string, edit: RuleEdit, note: ChangeNote): Promise<LoadedRule>;
  /**
   * Removes a custom rule, or gives an edited one the text of its file back. Throws `conflict` for a rule that is
   * neither.
   */
  remove(ruleId: string, note: ChangeNote): Promise<void>;
  /** Saves the text of an earlier version again; also of a custom rule that was deleted. */
  restore(ruleId: string, version: number, note: ChangeNote): Promise<LoadedRule>;
  /** Switches rules, all or none; throws `not_found` when one does not exist. */
  change(
    ruleIds: readonly string[],
    switches: RuleSwitches,
    note: ChangeNote,
  ): Promise<readonly LoadedRule[]>;
  /**
   * Takes rules from files, folders and archives: new ones become custom rules, known ones get the new text. A dry
   * run only reports. Throws `too_large` for an upload that is.
   */
  import(source: ImportSource, dryRun: boolean, note: ChangeNote): Promise<RuleImportReport>;
  engine(): Promise<EngineStatus>;
  lastReload(): ReloadReport;
  /** Takes all rules anew; what failed is in `lastReload`. */
  reload(): Promise<void>;
}
