import { useEffect, useMemo, useState } from 'react';
import { callApiPatiently } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import type { EventWire } from '#shared/contract/events.ts';
import { PivotMenu, type PivotTarget } from '../../ui/PivotMenu.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FIRST_CELL } from '../../ui/table/table-props.ts';
import { usePagedRows } from '../../ui/table/use-paged-rows.ts';
import { addFilter } from '#shared/query/edit.ts';
import { copyText } from '../../ui/copy-text.ts';
import { toast } from '../../ui/toast.ts';
import { useZone } from '../../workbench/preferences.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import { EventFlyout } from './EventFlyout.tsx';
import { EventHistogram } from './EventHistogram.tsx';
import { eventColumns, profileOf } from './event-columns.tsx';
import { countEvents, useEventsView } from './events-view.ts';
import styles from './EventsScreen.module.css';
import { FieldList } from './FieldList.tsx';
import { NoEvents } from './NoEvents.tsx';
import { QueryBar } from './QueryBar.tsx';
import { StatusBar } from './StatusBar.tsx';

/** Rows that decide which columns and fields are offered. */
const SAMPLE_ROWS = 200;
/** Bars across a wide screen, each at least 8 px. */
const BUCKETS = 120;

/** The event explorer: query, chips, histogram, fields, table and flyout over everything that is stored. */
export function EventsScreen() {
  const { view, actions } = useEventsView();
  const [position, setPosition] = useState(FIRST_CELL);
  const [pivot, setPivot] = useState<PivotTarget | null>(null);
  const [zoomSteps, setZoomSteps] = useState(0);
  const histogram = useApi(
    'eventHistogram',
    { query: { ...view.filter, buckets: BUCKETS } },
    { keepPrevious: true },
  );
  const source = usePagedRows(
    view.key,
    (page, signal) =>
      callApiPatiently('listEvents', { query: { ...view.filter, ...page, order: view.order } }, { signal }),
    // While it is fetched again it holds the count of before.
    histogram.isFetching ? 0 : countEvents(histogram.data),
  );
  useEffect(() => {
    setPosition(FIRST_CELL);
  }, [view.key]);

  const sample = useMemo(() => {
    const rows = Array.from({ length: Math.min(source.count, SAMPLE_ROWS) }, (_, index) => source.row(index));
    return rows.filter((row) => row !== undefined);
  }, [source]);
  const profile = profileOf(sample);
  const zone = useZone();
  const hasFlyout = view.openId !== undefined;
  const columns = useMemo(
    () => eventColumns(profile, view.addedColumns, view.query, { besideFlyout: hasFlyout, zone }),
    [profile, view.addedColumns, view.query, hasFlyout, zone],
  );

  const toggleColumn = (field: string) => {
    const rest = view.addedColumns.filter((name) => name !== field);
    actions.setColumns(rest.length === view.addedColumns.length ? [...rest, field] : rest);
  };
  const narrow = (field: string, value: string, negate: boolean) => {
    actions.setQuery(addFilter(view.query, field, value, negate));
  };
  const moveTo = (next: typeof position) => {
    setPosition(next);
    const row = source.row(next.row);
    if (view.openId !== undefined && row !== undefined && row.id !== view.openId) actions.open(row.id, true);
  };
  const focused = () => {
    const row = source.row(position.row);
    const column = columns[position.column];
    return row === undefined || column === undefined ? null : { row, column };
  };
  useEventCommands({
    focused,
    narrow,
    reload: actions.reload,
    zoomSteps,
    zoomOut: () => setZoomSteps(zoomSteps - 1),
  });

  return (
    <div className={styles.screen}>
      <QueryBar view={view} actions={actions} />
      <EventHistogram
        answer={histogram}
        onBrush={(range) => {
          setZoomSteps(zoomSteps + 1);
          actions.setRange(range);
        }}
      />
      <div className={styles.lower}>
        <FieldList view={view} sample={sample} onNarrow={narrow} onToggleColumn={toggleColumn} />
        <div className={styles.list}>
          <DataTable
            id={`events.${profile}`}
            label="Events"
            columns={columns}
            source={source}
            rowId={(row) => row.id}
            position={position}
            onPosition={moveTo}
            openId={view.openId}
            onOpen={(row) => actions.open(row.id)}
            onCellMenu={({ row, column, anchor }) => setPivot(pivotTarget(row, column, anchor))}
            sort={{ key: 'time', direction: view.order === 'newest' ? 'descending' : 'ascending' }}
            onSort={({ direction }) => actions.setOrder(direction === 'descending' ? 'newest' : 'oldest')}
            empty={<NoEvents view={view} actions={actions} />}
            errorTitle="Events could not be loaded"
            autoFocus
          />
        </div>
        {view.openId !== undefined && (
          <EventFlyout
            id={view.openId}
            onClose={() => actions.open(undefined)}
            onNarrow={narrow}
            onPivot={setPivot}
            addedColumns={view.addedColumns}
            onToggleColumn={toggleColumn}
          />
        )}
      </div>
      <StatusBar view={view} actions={actions} source={source} position={position} />
      <PivotMenu
        target={pivot}
        query={view.query}
        onFilter={actions.setQuery}
        onClose={() => setPivot(null)}
      />
    </div>
  );
}

function pivotTarget(row: EventWire, column: Column<EventWire>, anchor: HTMLElement | null): PivotTarget {
  return {
    field: column.field ?? null,
    value: column.value?.(row) ?? '',
    timeMs: Date.parse(row.event_ts),
    row,
    host: row.host,
    anchor,
  };
}

interface EventCommands {
  readonly focused: () => { readonly row: EventWire; readonly column: Column<EventWire> } | null;
  readonly narrow: (field: string, value: string, negate: boolean) => void;
  readonly reload: () => void;
  readonly zoomSteps: number;
  readonly zoomOut: () => void;
}

/** Keys of this screen (study-ux 1.0); the first three act on the focused cell. */
function useEventCommands({ focused, narrow, reload, zoomSteps, zoomOut }: EventCommands): void {
  const within = () => document.querySelector('[role="grid"][aria-label="Events"]');
  const filter = (negate: boolean) => () => {
    const cell = focused();
    const value = cell?.column.value?.(cell.row);
    if (cell?.column.field !== undefined && typeof value === 'string')
      narrow(cell.column.field, value, negate);
  };
  const copy = () => {
    const cell = focused();
    const value = cell?.column.value?.(cell.row);
    if (typeof value === 'string') void copyText(value).then((done) => done && toast('Copied'));
  };
  const on = { category: 'Events', within } as const;
  useCommands([
    {
      ...on,
      id: 'events.filter-for',
      title: 'Filter for the value of the cell',
      keys: ['f'],
      run: filter(false),
    },
    {
      ...on,
      id: 'events.filter-out',
      title: 'Filter out the value of the cell',
      keys: ['shift+f'],
      run: filter(true),
    },
    { ...on, id: 'events.copy', title: 'Copy the value of the cell', keys: ['y'], run: copy },
    { id: 'events.reload', title: 'Load the newest events', category: 'Events', keys: ['r'], run: reload },
    {
      id: 'events.zoom-out',
      title: 'Back to the range before',
      category: 'Events',
      keys: ['escape'],
      enabled: () => zoomSteps > 0,
      run: () => {
        zoomOut();
        window.history.back();
      },
    },
  ]);
}
