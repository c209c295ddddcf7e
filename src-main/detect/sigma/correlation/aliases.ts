import type { ParsedCorrelation } from '../document/correlation.ts';
import { RuleRejected } from '../document/rule.ts';
import type { Referent, ResolvedCorrelation } from './resolved.ts';

/** What the events of one referenced rule call a field: through its alias, where there is one for that rule. */
export function fieldFor(
  correlation: ParsedCorrelation,
  name: string,
  index: number,
  { rule }: Referent,
): string {
  const alias = correlation.aliases.find((one) => one.name === name);
  const names = [correlation.rules[index]?.text, rule.id, rule.name];
  return alias?.fields.find((field) => names.includes(field.rule))?.field ?? name;
}

/** An alias for a rule that the correlation does not look at is a misspelt name. Throws `RuleRejected`. */
export function refuseForeignAliases({ rule, referents }: ResolvedCorrelation): void {
  const known = new Set(referents.flatMap((referent) => [referent.rule.id, referent.rule.name]));
  for (const { text } of rule.rules) known.add(text);
  for (const { rule: of, path } of rule.aliases.flatMap(({ fields }) => fields)) {
    if (known.has(of)) continue;
    const hint = 'Use the id or name of one of its rules.';
    throw new RuleRejected(path, `The correlation does not look at a rule called "${of}".`, hint);
  }
}
