import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { ChangeNote } from '../../pipeline/rule-commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { Caller } from '../auth/caller.ts';
import type { ResourceDeps } from '../deps.ts';
import { ruleDetailToWire, type RuleLife } from './wire.ts';

export type SigmaDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock'>;

/** A rule as its page shows it. */
export async function ruleDetail(deps: SigmaDeps, rule: LoadedRule): Promise<RuleDetailWire> {
  const lives = await rulesLives(deps);
  return ruleDetailToWire(rule, lives(rule.id));
}

/** What the store and the engine know of each rule, by id. */
export async function rulesLives({ reader, commands }: SigmaDeps): Promise<(ruleId: string) => RuleLife> {
  const [fires, verdicts, neverMatches] = await Promise.all([
    reader.ruleFires(),
    reader.ruleVerdicts(),
    commands.rules.neverMatches(),
  ]);
  const firesOf = new Map(fires.map((one) => [one.ruleId, one]));
  const verdictsOf = new Map(verdicts.map((one) => [one.ruleId, one]));
  return (ruleId) => ({
    fires: firesOf.get(ruleId) ?? null,
    verdicts: verdictsOf.get(ruleId) ?? null,
    neverMatches: neverMatches.get(ruleId) ?? null,
  });
}

/** Throws `not_found`. */
export function existingRule({ commands }: Pick<SigmaDeps, 'commands'>, id: string): LoadedRule {
  const rule = commands.rules.get(id);
  if (rule === null) throw new AppError('not_found', { what: `The rule ${id}` });
  return rule;
}

/**
 * The rule, for its page. Alerts outlive their rule, so the link of one may lead to a rule that is gone: `not_found`
 * then says what became of it.
 */
export async function ruleOrItsEnd(deps: SigmaDeps, id: string): Promise<LoadedRule> {
  const rule = deps.commands.rules.get(id);
  if (rule !== null) return rule;
  const refusal = deps.commands.rules
    .problems()
    .find(({ severity, file }) => severity === 'error' && file === `custom/${id}.yml`);
  if (refusal !== undefined) {
    const end = `was refused when it was loaded (line ${refusal.line}: ${refusal.message})`;
    throw new AppError('not_found', { what: `The rule ${id} ${end}; it` });
  }
  const last = (await deps.reader.ruleHistory(id)).find(({ action }) => action === 'deleted');
  if (last === undefined) throw new AppError('not_found', { what: `The rule ${id}` });
  const end = `was deleted by ${last.author} at ${new Date(last.ts).toISOString()}`;
  throw new AppError('not_found', { what: `The rule ${id} ${end}; it` });
}

/** What the history will say of a change. */
export function changeNote(caller: Caller, reason: string): ChangeNote {
  return { author: caller.name, reason };
}
