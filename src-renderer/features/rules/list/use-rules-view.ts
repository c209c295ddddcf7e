import { useMemo, useState } from 'react';
import type { RuleWire } from '#shared/contract/sigma.ts';
import type { SortState } from '../../../ui/table/table-props.ts';
import { useSearchParams } from '../../../workbench/search-params.ts';
import { FILTERS, selectRules, sortRules, type RuleFilter } from './select-rules.ts';

const FIRST_SORT: SortState = { key: 'last-fired', direction: 'descending' };

/** A change of the address that takes every filter away. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  FILTERS.map((name) => [name, undefined]),
);

export interface RulesView {
  readonly filter: RuleFilter;
  /** Changes with the filters and with nothing else. */
  readonly filterKey: string;
  readonly sort: SortState;
  readonly setSort: (sort: SortState) => void;
  /** Filtered and sorted; undefined until the rules are here. */
  readonly shown: readonly RuleWire[] | undefined;
}

/** The filters of the address and the order chosen here, applied to the rules. */
export function useRulesView(rules: readonly RuleWire[] | undefined): RulesView {
  const params = useSearchParams();
  const [sort, setSort] = useState(FIRST_SORT);
  const filterKey = FILTERS.map((name) => params[name] ?? '').join('\n');
  const filter = useMemo(
    (): RuleFilter =>
      Object.fromEntries(
        FILTERS.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])),
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the filters of the address
    [filterKey],
  );
  const shown = useMemo(
    () => (rules === undefined ? undefined : sortRules(selectRules(rules, filter), sort)),
    [rules, filter, sort],
  );
  return { filter, filterKey, sort, setSort, shown };
}
