import type { RuleAction } from '#shared/model/rule-history.ts';
import type { ChangeNote, RuleSwitches } from '../../pipeline/rule-commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { RuleChange, RuleEntry, RuleRecord } from '../../store/interface/rules.ts';
import { hashOfText } from '../detection/rule-set.ts';

/** Who did it, why and when. */
export interface Change extends ChangeNote {
  readonly ts: number;
}

/** What a change of a rule's text has to know of it. */
export type HeldRule = Pick<
  LoadedRule,
  'id' | 'origin' | 'file' | 'yaml' | 'original' | 'enabled' | 'levelOverride' | 'version'
>;

/** A rule that the store keeps and the engine refused, so that it can be mended or removed. */
export function refusedRule({ ruleId, origin, yaml, enabled, levelOverride, version }: RuleRecord): HeldRule {
  // What its file has is not known here; without the record it will run again.
  const original = origin === 'custom' ? null : { yaml: null, changed: true };
  return { id: ruleId, origin, file: '', yaml: yaml ?? '', original, enabled, levelOverride, version };
}

/** What text replaces the one in force. */
interface NewText {
  readonly yaml: string;
  readonly action: RuleAction & ('created' | 'imported' | 'edited' | 'restored');
}

/** A custom rule that did not exist. */
export function creation(ruleId: string, { yaml, action }: NewText, change: Change): RuleChange {
  const switches = { enabled: true, levelOverride: null };
  return {
    ruleId,
    record: { origin: 'custom', yaml, ...switches, updatedTs: change.ts, originalHash: null },
    entries: [{ ...change, action, yaml, ...switches }],
  };
}

/**
 * Another text for a rule. The first edit of a shipped or folder rule also keeps the text of its file, so that the
 * history shows what was changed.
 */
export function textChange(rule: HeldRule, { yaml, action }: NewText, change: Change): RuleChange {
  const switches = switchesOf(rule);
  const isCustom = rule.origin === 'custom';
  const original = isCustom ? null : rule.original === null ? rule.yaml : rule.original.yaml;
  const isFirstEdit = !isCustom && rule.original === null;
  const found: RuleEntry = {
    ...change,
    author: '',
    reason: rule.file,
    action: 'found',
    yaml: rule.yaml,
    ...switches,
  };
  return {
    ruleId: rule.id,
    record: {
      origin: rule.origin,
      yaml,
      ...switches,
      updatedTs: change.ts,
      originalHash: original === null ? null : hashOfText(original),
    },
    entries: [...(isFirstEdit ? [found] : []), { ...change, action, yaml, ...switches }],
  };
}

/** The text of its file for an edited rule that still has one. */
export function reversion(rule: HeldRule, original: string, change: Change): RuleChange {
  const switches = switchesOf(rule);
  return {
    ruleId: rule.id,
    record: { origin: rule.origin, yaml: null, ...switches, updatedTs: change.ts, originalHash: null },
    entries: [{ ...change, action: 'reverted', yaml: original, ...switches }],
  };
}

/** A rule that has nothing but the text that is stored here. */
export function deletion(rule: HeldRule, change: Change): RuleChange {
  return {
    ruleId: rule.id,
    record: null,
    entries: [{ ...change, action: 'deleted', yaml: null, ...switchesOf(rule) }],
  };
}

/** Switches of one rule; null when it is so already. `record` is what the store has of it. */
export function switching(
  { rule, record }: { readonly rule: LoadedRule; readonly record: RuleRecord | null },
  { enabled = rule.enabled, level = rule.levelOverride }: RuleSwitches,
  change: Change,
): RuleChange | null {
  const switches = { enabled, levelOverride: level };
  const entry = (action: RuleAction): RuleEntry => ({ ...change, action, yaml: null, ...switches });
  const entries = [
    ...(enabled === rule.enabled ? [] : [entry(enabled ? 'enabled' : 'disabled')]),
    ...(level === rule.levelOverride ? [] : [entry('level')]),
  ];
  if (entries.length === 0) return null;
  const { yaml = null, originalHash = null } = record ?? {};
  return {
    ruleId: rule.id,
    record: { origin: rule.origin, yaml, ...switches, updatedTs: change.ts, originalHash },
    entries,
  };
}

function switchesOf({ enabled, levelOverride }: HeldRule): Pick<RuleEntry, 'enabled' | 'levelOverride'> {
  return { enabled, levelOverride };
}
