import type { Level } from '#shared/model/severity.ts';

/** Who brought a rule in. */
export const RULE_ORIGINS = ['shipped', 'folder', 'custom'] as const;

export type RuleOrigin = (typeof RULE_ORIGINS)[number];

/** What the store keeps of a rule: custom sources, and the analyst's overrides of any rule. */
export interface RuleRecord {
  readonly ruleId: string;
  readonly origin: RuleOrigin;
  /** YAML text of custom rules; null for rules that live in folders. */
  readonly yaml: string | null;
  readonly enabled: boolean;
  /** Level that replaces the rule's own; null keeps it. */
  readonly levelOverride: Level | null;
  readonly updatedTs: number;
}
