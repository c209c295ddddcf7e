import type { FilterOption } from '../../ui/FilterMenu.tsx';
import type { Coverage } from './matrix.ts';

export interface FilterOptions {
  readonly statuses: readonly FilterOption[];
  readonly origins: readonly FilterOption[];
  readonly kinds: readonly FilterOption[];
}

/** Maturity of the Sigma specification, most mature first; others follow by name. */
const STATUS_ORDER = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];

/** What the loaded rules can be filtered by. */
export function filterOptions(coverage: Coverage): FilterOptions {
  const groups = coverage.items.flatMap((cell) => cell.groups);
  return {
    statuses: optionsOf(groups.map(({ status }) => status)).sort(
      (left, right) => rank(left.value) - rank(right.value),
    ),
    origins: optionsOf(groups.map(({ origin }) => origin)),
    kinds: optionsOf(groups.map(({ kind }) => kind)),
  };
}

function optionsOf(values: readonly string[]): FilterOption[] {
  return [...new Set(values)].sort().map((value) => ({ value, label: capitalised(value) }));
}

function rank(status: string): number {
  const at = STATUS_ORDER.indexOf(status);
  return at < 0 ? STATUS_ORDER.length : at;
}

function capitalised(word: string): string {
  return word === '' ? 'None' : word.charAt(0).toUpperCase() + word.slice(1);
}
