import type { AttackRef } from '#shared/model/attack.ts';
import type { LogSource } from '#shared/model/event.ts';
import type { RuleKind } from '#shared/model/rule-kind.ts';
import type { Level } from '#shared/model/severity.ts';

/** Place in a rule's source: 1-based line and column. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

export const RULE_STAGES = ['yaml', 'schema', 'compile', 'lint'] as const;

export type RuleStage = (typeof RULE_STAGES)[number];

/** One problem of one rule file: what is wrong, where, and what to do. */
export interface RuleProblem extends SourcePlace {
  readonly file: string;
  readonly stage: RuleStage;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Check that found it, for problems of the stage `lint`. */
  readonly check?: string;
}

/** What a rule says of itself. */
export interface RuleFacts {
  readonly id: string;
  readonly kind: RuleKind;
  /** Unique name by which correlations and filters may refer to the rule; null when it has none. */
  readonly name: string | null;
  readonly title: string;
  readonly level: Level;
  readonly status: string;
  readonly author: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly attack: readonly AttackRef[];
  readonly logsource: LogSource;
  readonly date: string | null;
  readonly modified: string | null;
  readonly file: string;
  readonly yaml: string;
}

/** The text that an edited shipped or folder rule has in its file. */
export interface RuleOriginal {
  /** Null when the rule is no longer there. */
  readonly yaml: string | null;
  /** True when the file changed since the edit was made. */
  readonly changed: boolean;
}

/** A rule that the engine holds. */
export interface LoadedRule extends RuleFacts {
  /** Names of the fields that its selections compare. */
  readonly fields: readonly string[];
  readonly origin: 'shipped' | 'folder' | 'custom';
  readonly enabled: boolean;
  readonly levelOverride: Level | null;
  /** What an analyst's text replaces; null where the rule's own file is what runs, and for custom rules. */
  readonly original: RuleOriginal | null;
  /** Number of the newest entry of its history; 0 when nothing was ever changed here. */
  readonly version: number;
}

/** Three-stage verdict of a dry run; a stage that was not reached is null. */
export interface RuleVerdict {
  readonly yaml: boolean | null;
  readonly schema: boolean | null;
  readonly compile: boolean | null;
  readonly problems: readonly RuleProblem[];
  /** Id of the first rule; null when there is none. */
  readonly ruleId: string | null;
  /** The rules of the text, each with the part of it that is its own. */
  readonly rules: readonly CheckedRule[];
}

export interface CheckedRule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly title: string;
  readonly yaml: string;
}
