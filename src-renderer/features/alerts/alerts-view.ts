import { useMemo, useState } from 'react';
import type { RequestOf } from '#shared/contract/client.ts';
import { useSearchParams, useSetSearch } from '../../workbench/search-params.ts';
import { boundMs, useTimeRange, type TimeRange } from '../../workbench/time-range.ts';

export type AlertFilter = NonNullable<RequestOf<'listAlerts'>['query']>;

/** Filters that arrive with a link and have no control of their own. */
export const LINK_FILTERS = ['rule', 'technique', 'entity', 'import_id'] as const;

export type LinkFilter = (typeof LINK_FILTERS)[number];

const OPEN_STATUSES: readonly string[] = ['new', 'in_progress'];
/** In the address: every status. Nothing in the address means the open ones. */
const ALL = 'all';

/** What the queue shows; all of it is in the address, so a link opens the same queue. */
export interface AlertsView {
  readonly text: string;
  readonly severities: readonly string[];
  /** Empty means all. */
  readonly statuses: readonly string[];
  readonly linked: Readonly<Partial<Record<LinkFilter, string>>>;
  readonly range: TimeRange;
  /** Alert in the flyout. */
  readonly openId: string | undefined;
  readonly filter: AlertFilter;
  /** Names the list; changes whenever it must be loaded again. */
  readonly key: string;
  readonly isNarrowed: boolean;
}

export interface AlertsActions {
  readonly setText: (text: string) => void;
  readonly setSeverities: (levels: readonly string[]) => void;
  readonly setStatuses: (statuses: readonly string[]) => void;
  readonly removeLinked: (name: LinkFilter) => void;
  readonly setRange: (range: TimeRange) => void;
  readonly clearFilters: () => void;
  readonly open: (id: string | undefined, replace?: boolean) => void;
  readonly reload: () => void;
}

export function useAlertsView(): { readonly view: AlertsView; readonly actions: AlertsActions } {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const { range, setRange } = useTimeRange();
  const [loadedMs, setLoadedMs] = useState(() => Date.now());

  const view = useMemo((): AlertsView => {
    const text = params.q ?? '';
    const severities = listOf(params.severity);
    const statuses =
      params.status === undefined ? OPEN_STATUSES : params.status === ALL ? [] : listOf(params.status);
    const linked = Object.fromEntries(
      LINK_FILTERS.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])),
    );
    const filter: AlertFilter = {
      ...(text !== '' && { q: text }),
      ...(severities.length > 0 && { severity: severities.join(',') }),
      ...(statuses.length > 0 && { status: statuses.join(',') }),
      ...linked,
      ...fixedBound('since', range.since, loadedMs),
      ...fixedBound('until', range.until, loadedMs),
    };
    return {
      text,
      severities,
      statuses,
      linked,
      range,
      openId: params.alert,
      filter,
      key: JSON.stringify([filter, loadedMs]),
      isNarrowed: text !== '' || severities.length > 0 || Object.keys(linked).length > 0,
    };
  }, [params, range, loadedMs]);

  const actions = useMemo(
    (): AlertsActions => ({
      setText: (text) => setSearch({ q: text, alert: undefined }, { replace: true }),
      setSeverities: (levels) => setSearch({ severity: levels.join(','), alert: undefined }),
      setStatuses: (statuses) => {
        const isDefault = [...statuses].sort().join() === [...OPEN_STATUSES].sort().join();
        const status = statuses.length === 0 ? ALL : isDefault ? undefined : statuses.join(',');
        setSearch({ status, alert: undefined });
      },
      removeLinked: (name) => setSearch({ [name]: undefined, alert: undefined }),
      setRange,
      clearFilters: () =>
        setSearch({
          q: undefined,
          severity: undefined,
          alert: undefined,
          ...Object.fromEntries(LINK_FILTERS.map((name) => [name, undefined])),
        }),
      open: (id, replace = false) => setSearch({ alert: id }, { replace }),
      reload: () => setLoadedMs(Date.now()),
    }),
    [setSearch, setRange],
  );
  return { view, actions };
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter(Boolean);
}

function fixedBound(name: 'since' | 'until', bound: string | undefined, nowMs: number): AlertFilter {
  const at = bound === undefined ? null : boundMs(bound, nowMs);
  return at === null ? {} : { [name]: new Date(at).toISOString() };
}
