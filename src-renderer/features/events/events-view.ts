import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { RequestOf, ResponseOf } from '#shared/contract/client.ts';
import { useLive } from '../../api/live.ts';
import { invalidateRoutes } from '../../api/queries.ts';
import { useSearchParams, useSetSearch } from '../../workbench/search-params.ts';
import { boundMs, useTimeRange, type TimeRange } from '../../workbench/time-range.ts';

/** What every events route filters on. */
export type EventFilter = NonNullable<RequestOf<'listEvents'>['query']>;

/** Filters beside the query that the address may carry, shown as chips of their own. */
export const SIDE_FILTERS = ['source', 'severity', 'entity', 'import_id'] as const;

export type SideFilter = (typeof SIDE_FILTERS)[number];

/** What the Events screen looks at: all of it is in the address, so a link opens the same rows. */
export interface EventsView {
  readonly query: string;
  readonly side: Readonly<Partial<Record<SideFilter, string>>>;
  readonly range: TimeRange;
  readonly order: 'newest' | 'oldest';
  /** Event in the flyout. */
  readonly openId: string | undefined;
  /** Record fields that were added as columns. */
  readonly addedColumns: readonly string[];
  /** Filter of every request; relative times are fixed at `loadedMs`, so that table and chart agree. */
  readonly filter: EventFilter;
  /** Names the list; changes whenever it must be loaded again. */
  readonly key: string;
  /** Events received since the list was loaded, whether they match or not. */
  readonly newCount: number;
  /** The stream was interrupted since then, so `newCount` may be too low. */
  readonly hasGap: boolean;
  readonly hasFilter: boolean;
}

export interface EventsActions {
  readonly setQuery: (query: string) => void;
  readonly setSide: (name: SideFilter, value: string | undefined) => void;
  readonly setRange: (range: TimeRange) => void;
  readonly setOrder: (order: 'newest' | 'oldest') => void;
  readonly open: (id: string | undefined, replace?: boolean) => void;
  readonly setColumns: (columns: readonly string[]) => void;
  readonly clearFilters: () => void;
  readonly reload: () => void;
}

export function useEventsView(): { readonly view: EventsView; readonly actions: EventsActions } {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const client = useQueryClient();
  const { range, setRange } = useTimeRange();
  const [load, setLoad] = useState(loadNow);
  const eventCount = useLive((live) => (live.paused ? load.eventCount : live.eventCount));

  const gapCount = useLive((live) => live.gapCount);

  const view = useMemo((): EventsView => {
    const query = params.q ?? '';
    const side = Object.fromEntries(
      SIDE_FILTERS.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])),
    );
    const filter: EventFilter = {
      ...(query !== '' && { q: query }),
      ...side,
      ...fixedBound('since', range.since, load.atMs),
      ...fixedBound('until', range.until, load.atMs),
    };
    const order = params.order === 'oldest' ? 'oldest' : 'newest';
    return {
      query,
      side,
      range,
      order,
      openId: params.event,
      addedColumns: (params.cols ?? '').split(',').filter(Boolean),
      filter,
      key: JSON.stringify([filter, order, load.atMs]),
      newCount: Math.max(0, eventCount - load.eventCount),
      hasGap: gapCount > load.gapCount,
      hasFilter: query !== '' || Object.keys(side).length > 0,
    };
  }, [params, range, load, eventCount, gapCount]);

  const actions = useMemo(
    (): EventsActions => ({
      setQuery: (query) => setSearch({ q: query, event: undefined }),
      setSide: (name, value) => setSearch({ [name]: value, event: undefined }),
      setRange,
      setOrder: (order) => setSearch({ order: order === 'newest' ? undefined : order }),
      open: (id, replace = false) => setSearch({ event: id }, { replace }),
      setColumns: (columns) => setSearch({ cols: columns.join(',') }, { replace: true }),
      clearFilters: () =>
        setSearch({ q: undefined, ...Object.fromEntries(SIDE_FILTERS.map((name) => [name, undefined])) }),
      reload: () => {
        setLoad(loadNow());
        void invalidateRoutes(client, ['eventHistogram', 'eventValues', 'stats']);
      },
    }),
    [setSearch, setRange, client],
  );
  return { view, actions };
}

/** The moment of loading, and what the stream had brought until then. */
function loadNow() {
  const { eventCount, gapCount } = useLive.getState();
  return { atMs: Date.now(), eventCount, gapCount };
}

/** Matching events, as the chart counted them. */
export function countEvents(histogram: ResponseOf<'eventHistogram'> | undefined): number {
  return histogram?.buckets.reduce((sum, bucket) => sum + bucket.total, 0) ?? 0;
}

function fixedBound(name: 'since' | 'until', bound: string | undefined, nowMs: number): EventFilter {
  const at = bound === undefined ? null : boundMs(bound, nowMs);
  return at === null ? {} : { [name]: new Date(at).toISOString() };
}
