import type { RuleDetailWire, RuleVerdictWire, RuleWire } from '#shared/contract/sigma.ts';
import type { VerdictCounts } from '#shared/model/feedback.ts';
import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { LoadedRule, RuleVerdict } from '../../pipeline/rules.ts';
import type { RuleFires } from '../../store/interface/reader.ts';
import { problemToWire } from '../kit/problem-wire.ts';

/** What is known of a rule besides itself. */
export interface RuleLife {
  /** Null for a rule that never fired. */
  readonly fires: RuleFires | null;
  /** Why nothing seen so far could match; null when it could. */
  readonly neverMatches: string | null;
  /** Null when nobody has judged any of its alerts. */
  readonly verdicts: VerdictCounts | null;
}

/** `level` is the one in force: the analyst's, else the rule's own. */
export function ruleToWire(rule: LoadedRule, { fires, neverMatches, verdicts }: RuleLife): RuleWire {
  const first = rule.attack.find(({ technique }) => technique !== null) ?? rule.attack[0];
  return {
    id: rule.id,
    kind: rule.kind,
    name: rule.name,
    title: rule.title,
    level: rule.levelOverride ?? rule.level,
    status: rule.status,
    author: rule.author,
    tags: [...rule.tags],
    tactic: first?.tactic ?? rule.attack.find(({ tactic }) => tactic !== null)?.tactic ?? null,
    technique: first?.technique ?? null,
    attack: rule.attack.map(({ tactic, technique }) => ({ tactic, technique })),
    logsource: rule.logsource,
    origin: rule.origin,
    enabled: rule.enabled,
    level_override: rule.levelOverride,
    edited: rule.original !== null,
    version: rule.version,
    never_matches: neverMatches,
    fired: fires?.count ?? 0,
    last_fired_at: isoTimeOrNull(fires?.lastFired ?? null),
    verdicts: {
      true_positive: verdicts?.truePositive ?? 0,
      false_positive: verdicts?.falsePositive ?? 0,
      benign: verdicts?.benign ?? 0,
    },
  };
}

/** A rule with its YAML. */
export function ruleDetailToWire(rule: LoadedRule, life: RuleLife): RuleDetailWire {
  return {
    ...ruleToWire(rule, life),
    description: rule.description,
    references: [...rule.references],
    false_positives: [...rule.falsePositives],
    fields: [...rule.fields],
    file: rule.file,
    date: rule.date,
    modified: rule.modified,
    yaml_source: rule.yaml,
    original: rule.original === null ? null : { ...rule.original },
  };
}

/** What a dry run, or saving, said of a rule; `rule` is the saved one. */
export function verdictToWire(verdict: RuleVerdict, saved: RuleDetailWire | null): RuleVerdictWire {
  return {
    dry_run: saved === null,
    valid: verdict.yaml === true && verdict.schema === true && verdict.compile === true,
    stages: { yaml: verdict.yaml, schema: verdict.schema, compile: verdict.compile },
    problems: verdict.problems.map(problemToWire),
    rule_id: saved?.id ?? verdict.ruleId,
    rule: saved,
  };
}
