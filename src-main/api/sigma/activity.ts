import { ACTIVITY_BUCKETS, type ruleActivityRoutes } from '#shared/contract/rule-activity.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { ResourceDeps } from '../deps.ts';
import { spanOf } from '../kit/filters.ts';
import type { Handlers } from '../kit/handler.ts';

const HOUR_MS = 3_600_000;

/** Fires of all rules in one day, for the sparklines of the list: one query instead of one for each row. */
export function ruleActivityHandlers({
  reader,
  clock,
}: Pick<ResourceDeps, 'reader' | 'clock'>): Handlers<keyof typeof ruleActivityRoutes> {
  return {
    ruleActivity: async ({ query }) => {
      const now = clock.now();
      const last = spanOf(query, now).until ?? now;
      const until = (Math.floor(last / HOUR_MS) + 1) * HOUR_MS;
      const since = until - ACTIVITY_BUCKETS * HOUR_MS;
      const counts = new Map<string, number[]>();
      for (const { ruleId, start, count } of await reader.ruleActivity({ since, until }, HOUR_MS)) {
        const own = counts.get(ruleId) ?? new Array<number>(ACTIVITY_BUCKETS).fill(0);
        own[(start - since) / HOUR_MS] = count;
        counts.set(ruleId, own);
      }
      return {
        since: isoTime(since),
        until: isoTime(until),
        items: [...counts].map(([rule_id, values]) => ({ rule_id, counts: values })),
      };
    },
  };
}
