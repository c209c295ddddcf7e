import type { Level } from '#shared/model/severity.ts';
import type { RuleAction } from '#shared/model/rule-history.ts';

/** Who brought a rule in. */
export const RULE_ORIGINS = ['shipped', 'folder', 'custom'] as const;

export type RuleOrigin = (typeof RULE_ORIGINS)[number];

/** What the store keeps of a rule: custom sources, and the analyst's edits and overrides of any rule. */
export interface RuleRecord {
  readonly ruleId: string;
  readonly origin: RuleOrigin;
  /** YAML text of a custom rule, or the one that replaces a shipped or folder rule's; null where the file's runs. */
  readonly yaml: string | null;
  readonly enabled: boolean;
  /** Level that replaces the rule's own; null keeps it. */
  readonly levelOverride: Level | null;
  readonly updatedTs: number;
  /** SHA-256 of the file's text that `yaml` replaces, lower-case hex; null where it replaces none. */
  readonly originalHash: string | null;
  /** Number of the newest entry of the rule's history. */
  readonly version: number;
}

/** One entry of a rule's history, as it is added. */
export interface RuleEntry {
  readonly ts: number;
  /** Name of the caller who did it; empty for Harrier itself. */
  readonly author: string;
  readonly action: RuleAction;
  readonly reason: string;
  /** Text from here on; null where it stayed as it was. */
  readonly yaml: string | null;
  readonly enabled: boolean;
  readonly levelOverride: Level | null;
}

/** A change of one rule with what its history says of it. */
export interface RuleChange {
  readonly ruleId: string;
  /** What is kept from now on; null keeps nothing but the history. */
  readonly record: Omit<RuleRecord, 'ruleId' | 'version'> | null;
  /** Added in this order; the store numbers them. */
  readonly entries: readonly RuleEntry[];
}

/** An entry as lists show it. */
export interface RuleVersion extends Omit<RuleEntry, 'yaml'> {
  readonly version: number;
  /** True when the entry brought a text. */
  readonly hasText: boolean;
}

/** An entry with the text that was in force then. */
export interface RuleVersionText extends RuleVersion {
  /** Null when the history holds no text up to here: the rule's file had it. */
  readonly yaml: string | null;
  /** The text before that one, and its entry; null when it is the first. */
  readonly previous: { readonly version: number; readonly yaml: string } | null;
}
