import type { AttackRef } from '#shared/model/attack.ts';
import type { LogSource } from '#shared/model/event.ts';
import type { RuleKind } from '#shared/model/rule-kind.ts';
import type { Level } from '#shared/model/severity.ts';

/** Place in a rule's source: 1-based line and column. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

export const RULE_STAGES = ['yaml', 'schema', 'compile'] as const;

export type RuleStage = (typeof RULE_STAGES)[number];

/** One problem of one rule file: what is wrong, where, and what to do. */
export interface RuleProblem extends SourcePlace {
  readonly file: string;
  readonly stage: RuleStage;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
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

/** A rule that the engine holds. */
export interface LoadedRule extends RuleFacts {
  /** Names of the fields that its selections compare. */
  readonly fields: readonly string[];
  readonly origin: 'shipped' | 'folder' | 'custom';
  readonly enabled: boolean;
  readonly levelOverride: Level | null;
  /** True for a shipped or folder rule whose text was replaced by an analyst's. */
  readonly edited: boolean;
  /** Number of the newest entry of its history; 0 when nothing was ever changed here. */
  readonly version: number;
}

/** Three-stage verdict of a dry run; a stage that was not reached is null. */
export interface RuleVerdict {
  readonly yaml: boolean | null;
  readonly schema: boolean | null;
  readonly compile: boolean | null;
  readonly problems: readonly RuleProblem[];
  readonly ruleId: string | null;
}
