import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AlertWire } from '#shared/contract/alerts.ts';
import { callApiPatiently } from '../../api/client.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PivotMenu, type PivotTarget } from '../../ui/PivotMenu.tsx';
import { StatusLine } from '../../ui/StatusLine.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { RowSource } from '../../ui/table/row-source.ts';
import { FIRST_CELL } from '../../ui/table/table-props.ts';
import { usePagedRows } from '../../ui/table/use-paged-rows.ts';
import { alertLink } from '../../workbench/links.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import { ALERT_COLUMNS, hostOf } from './alert-columns.tsx';
import { AlertFilters } from './AlertFilters.tsx';
import { AlertFlyout } from './AlertFlyout.tsx';
import styles from './AlertsScreen.module.css';
import { useAlertsView } from './alerts-view.ts';
import { NoAlerts } from './NoAlerts.tsx';
import { useNewAlerts } from './use-new-alerts.ts';
import { useTriage, useTriageCommands, type Triage } from './use-triage.ts';
import { useVerdictCommands, useVerdicts } from './use-verdicts.ts';

/** The triage queue: open alerts, newest first, worked row by row with the keyboard. */
export function AlertsScreen() {
  const { view, actions } = useAlertsView();
  const navigate = useNavigate();
  const [position, setPosition] = useState(FIRST_CELL);
  const [pivot, setPivot] = useState<PivotTarget | null>(null);
  const screen = useRef<HTMLDivElement>(null);
  const triage = useTriage();
  const verdicts = useVerdicts();
  const stored = usePagedRows(view.key, (page, signal) =>
    callApiPatiently('listAlerts', { query: { ...view.filter, ...page } }, { signal }),
  );
  const source = useMemo(() => withChanges(stored, triage.changed), [stored, triage.changed]);
  const { counts, newCount } = useNewAlerts(view, stored, triage.changed.size);
  const { forget } = triage;
  useEffect(() => {
    setPosition(FIRST_CELL);
    forget();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another list starts at its top again
  }, [view.key]);

  const moveTo = (next: typeof position) => {
    setPosition(next);
    const row = source.row(next.row);
    if (view.openId !== undefined && row !== undefined && row.id !== view.openId) actions.open(row.id, true);
  };
  const onKeys = {
    current: () => source.row(position.row),
    onDone: () => {
      if (position.row + 1 < source.count) moveTo({ ...position, row: position.row + 1 });
    },
    within: () => screen.current,
  };
  useTriageCommands({ ...onKeys, triage });
  useVerdictCommands({ ...onKeys, verdicts });
  useCommands([
    {
      id: 'alerts.reload',
      title: 'Load the newest alerts',
      category: 'Alerts',
      keys: ['r'],
      run: actions.reload,
    },
  ]);

  return (
    <div ref={screen} className={styles.screen}>
      <AlertFilters view={view} actions={actions} counts={counts} />
      {triage.error !== null && (
        <ErrorState compact title="The status could not be changed" error={triage.error} />
      )}
      {verdicts.error !== null && (
        <ErrorState compact title="The verdict was not recorded" error={verdicts.error} />
      )}
      <div className={styles.lower}>
        <div className={styles.list}>
          <DataTable
            id="alerts"
            label="Alerts"
            columns={ALERT_COLUMNS}
            source={source}
            rowId={(alert) => alert.id}
            position={position}
            onPosition={moveTo}
            openId={view.openId}
            onOpen={(alert) => actions.open(alert.id)}
            onOpenPage={(alert) => void navigate(alertLink(alert.id))}
            onCellMenu={({ row, column, anchor }) => setPivot(pivotTarget(row, column, anchor))}
            empty={<NoAlerts view={view} actions={actions} />}
            errorTitle="Alerts could not be loaded"
            autoFocus
          />
        </div>
        {view.openId !== undefined && (
          <AlertFlyout
            id={view.openId}
            triage={triage}
            verdicts={verdicts}
            onClose={() => actions.open(undefined)}
          />
        )}
      </div>
      <StatusLine
        row={position.row}
        count={source.count}
        countIsExact={source.countIsExact}
        newCount={newCount}
        onShowNew={actions.reload}
      >
        {triage.changed.size > 0 && <span>{triage.changed.size} changed since loading</span>}
      </StatusLine>
      <PivotMenu target={pivot} query="" onClose={() => setPivot(null)} />
    </div>
  );
}

/** The rows with the statuses that were set here since they were loaded. */
function withChanges(stored: RowSource<AlertWire>, changed: Triage['changed']): RowSource<AlertWire> {
  if (changed.size === 0) return stored;
  return {
    ...stored,
    row: (index) => {
      const alert = stored.row(index);
      const status = alert === undefined ? undefined : changed.get(alert.id);
      return alert === undefined || status === undefined ? alert : { ...alert, status };
    },
  };
}

function pivotTarget(alert: AlertWire, column: Column<AlertWire>, anchor: HTMLElement | null): PivotTarget {
  return {
    field: column.field ?? null,
    value: column.value?.(alert) ?? '',
    timeMs: Date.parse(alert.last_seen),
    row: alert,
    host: hostOf(alert),
    anchor,
  };
}
