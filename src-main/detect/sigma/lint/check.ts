import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LogSource } from '#shared/model/event.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import type { Finding, ParsedRule } from '../document/rule.ts';

/** What events of evidence have, for checks that compare rules with data. */
export interface EvidenceFields extends LogSource {
  readonly fields: ReadonlySet<string>;
}

/** What checks may know besides the rule. */
export interface LintContext {
  /** Null leaves the checks of ATT&CK tags out. */
  readonly attack: AttackCatalogue | null;
  /** Null when no evidence was given. */
  readonly evidence: readonly EvidenceFields[] | null;
}

/** A rule that would run; `compiled` is what the engine makes of it. */
export interface LintedRule {
  readonly rule: ParsedRule;
  readonly compiled: CompiledRule;
}

/** One kind of thing that is worth saying about rules that would run. */
export interface RuleCheck {
  /** Stable name, for reports and for talking about it: "unknown-field". */
  readonly id: string;
  /** What it looks for, as a sentence. */
  readonly summary: string;
  readonly check: (rule: LintedRule, context: LintContext) => Iterable<Finding>;
}

/** A finding that does not keep the rule from running. */
export function warning(path: Finding['path'], message: string, hint: string): Finding {
  return { path, message, hint, severity: 'warning' };
}
