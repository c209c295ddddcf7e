import type { LoadedRule } from '../../pipeline/commands.ts';

/** Rules as the grid counts them. Filters narrow other rules and detect nothing themselves. */
export function mappedRules(rules: readonly LoadedRule[]): LoadedRule[] {
  return rules.filter(({ kind }) => kind !== 'filter');
}
