import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LogSource } from '#shared/model/event.ts';

/** What the ATT&CK grid and its layers need of a rule. */
export interface MappedRule {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly enabled: boolean;
  /** Of the Sigma specification: "stable", "test", "experimental", ... */
  readonly status: string;
  readonly origin: string;
  /** "sigma", "correlation", ... */
  readonly kind: string;
  readonly logsource: LogSource;
}

export interface RuleMapping {
  rulesOf(tactic: string, technique: string): readonly MappedRule[];
  /** Technique ids that rules name and the catalogue does not have, sorted. */
  readonly unknown: readonly string[];
}

/**
 * Puts each rule into its cells: each technique that its tags name, under the tactics that the rule names and the
 * technique serves, else under all that the technique serves. Revoked ids count for their replacement.
 */
export function rulesByCell(catalogue: AttackCatalogue, rules: readonly MappedRule[]): RuleMapping {
  const cells = new Map<string, MappedRule[]>();
  const unknown = new Set<string>();
  for (const rule of rules) {
    const named = catalogue.namesOfTags(rule.tags);
    for (const id of named.techniques) {
      const technique = catalogue.technique(id);
      if (technique === undefined) {
        unknown.add(id);
        continue;
      }
      const shared = technique.tactics.filter((tactic) => named.tactics.includes(tactic));
      for (const tactic of shared.length > 0 ? shared : technique.tactics) {
        const key = cellKey(tactic, technique.id);
        const known = cells.get(key);
        if (known === undefined) cells.set(key, [rule]);
        else known.push(rule);
      }
    }
  }
  return {
    rulesOf: (tactic, technique) => cells.get(cellKey(tactic, technique)) ?? [],
    unknown: [...unknown].sort(),
  };
}

function cellKey(tactic: string, technique: string): string {
  return `${tactic} ${technique}`;
}
