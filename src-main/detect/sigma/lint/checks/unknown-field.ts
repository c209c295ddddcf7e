import { acceptsLogsource } from '#shared/model/logsource.ts';
import type { Finding } from '../../document/rule.ts';
import { categoriesWith, taxonomyOf } from '../../vocabulary/taxonomy.ts';
import { warning, type LintContext, type LintedRule, type RuleCheck } from '../check.ts';
import { itemsOf } from '../items.ts';
import { nearestName } from '../nearest-name.ts';

/** Field names are compared exactly, so a misspelt one is a missing one. */
export const unknownField: RuleCheck = {
  id: 'unknown-field',
  summary: 'A field that events of the logsource do not have according to the taxonomy.',
  *check({ rule }, context) {
    const known = rule.taxonomy === 'sigma' ? taxonomyOf(rule.logsource) : null;
    if (known === null) return;
    const seen = new Set<string>();
    for (const { field, path } of itemsOf(rule)) {
      if (field === null || known.includes(field) || seen.has(field)) continue;
      seen.add(field);
      if (!isSeen(field, rule, context)) yield finding(path, field, known);
    }
  },
};

function finding(path: Finding['path'], field: string, known: readonly string[]): Finding {
  const message = `Events of this logsource have no field "${field}".`;
  const meant = nearestName(field, known);
  if (meant !== null) return warning(path, message, `Did you mean "${meant}"?`);
  const owners = categoriesWith(field);
  if (owners.length > 0) return warning(path, message, `It is a field of ${owners.slice(0, 4).join(', ')}.`);
  return warning(path, message, 'Check the name; comparisons with a missing field are false.');
}

function isSeen(field: string, { logsource }: LintedRule['rule'], { evidence }: LintContext): boolean {
  return evidence?.some((one) => acceptsLogsource(logsource, one) && one.fields.has(field)) === true;
}
