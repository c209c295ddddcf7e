import type { AlertWire } from '#shared/contract/alerts.ts';
import type { Level } from '#shared/model/severity.ts';
import { useApi } from '../../api/queries.ts';
import type { RowSource } from '../../ui/table/row-source.ts';
import type { AlertsView } from './alerts-view.ts';

/** Rows looked at to see what stands above the first row shown. */
const HEAD_ROWS = 50;

interface NewAlerts {
  readonly counts: Readonly<Partial<Record<Level, number>>> | undefined;
  /** Alerts that are in the core and not yet in the list. */
  readonly newCount: number;
}

/**
 * Counts per severity, and how many alerts wait since the list was loaded. The stream marks this query stale when
 * an alert arrives; the list itself stays as it is.
 */
export function useNewAlerts(
  view: AlertsView,
  loaded: RowSource<AlertWire>,
  changedCount: number,
): NewAlerts {
  const { data } = useApi(
    'listAlerts',
    { query: { ...view.filter, limit: HEAD_ROWS } },
    { keepPrevious: true },
  );
  if (data === undefined || loaded.isLoading) return { counts: data?.counts, newCount: 0 };
  const newestLoaded = loaded.row(0)?.ts ?? '';
  const above = data.items.filter((alert) => alert.ts > newestLoaded).length;
  // Closing rows makes the total smaller; they are still in the list, so they must not hide new ones.
  const more = loaded.countIsExact ? data.total + changedCount - loaded.count : 0;
  return { counts: data.counts, newCount: Math.max(0, above, changedCount === 0 ? more : 0) };
}
