import { useMemo } from 'react';
import { useApi } from '../../../api/queries.ts';

/** A day in which nothing newer is looked at for this long still serves: the column is a trend, not a counter. */
const STALE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface RuleActivity {
  /** Fires per hour by rule; a rule that did not fire in the day is absent. */
  readonly byRule: ReadonlyMap<string, readonly number[]>;
  /** End of the day that is shown; null while it is loading. */
  readonly until: string | null;
}

/**
 * The day of the sparklines: the last 24 hours, or the day that ends with the newest fire when that is older, since
 * evidence is rarely of today.
 */
export function useActivity(lastFiredAt: string | null): RuleActivity {
  const isOld = lastFiredAt !== null && Date.now() - Date.parse(lastFiredAt) > DAY_MS;
  const { data } = useApi(
    'ruleActivity',
    { query: isOld ? { until: lastFiredAt } : {} },
    { staleMs: STALE_MS, keepPrevious: true },
  );
  return useMemo(
    () => ({
      byRule: new Map(data?.items.map(({ rule_id: id, counts }) => [id, counts])),
      until: data?.until ?? null,
    }),
    [data],
  );
}
