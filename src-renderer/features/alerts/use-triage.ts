import { useRef, useState } from 'react';
import type { AlertWire } from '#shared/contract/alerts.ts';
import type { AlertStatus } from '#shared/model/alert.ts';
import { useApiMutation } from '../../api/queries.ts';
import { toastWithUndo } from '../../ui/toast.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import { STATUS_WORDS } from './status-words.ts';

type TriagedAlert = Pick<AlertWire, 'id' | 'title' | 'status'>;

export interface Triage {
  /** Statuses set since the list was loaded, by alert id. Rows stay where they are until it loads again. */
  readonly changed: ReadonlyMap<string, AlertStatus>;
  readonly setStatus: (alert: TriagedAlert, status: AlertStatus) => void;
  readonly undo: () => void;
  readonly forget: () => void;
  readonly error: Error | null;
}

/** Changes the status of alerts, each with a way back (ALR-3): the toast's button or `z`. */
export function useTriage(): Triage {
  const { mutate, error } = useApiMutation('patchAlert', {
    invalidates: ['getAlert', 'listAlerts', 'stats'],
  });
  const [changed, setChanged] = useState<ReadonlyMap<string, AlertStatus>>(new Map());
  const last = useRef<TriagedAlert | null>(null);

  const send = (id: string, status: AlertStatus, previous: AlertStatus) => {
    setChanged((map) => new Map(map).set(id, status));
    mutate(
      { params: { alert_id: id }, body: { status } },
      { onError: () => setChanged((map) => new Map(map).set(id, previous)) },
    );
  };
  const takeBack = (alert: TriagedAlert, from: AlertStatus) => {
    if (last.current === alert) last.current = null;
    send(alert.id, alert.status, from);
  };
  return {
    changed,
    error,
    setStatus: (alert, status) => {
      if (alert.status === status) return;
      last.current = alert;
      send(alert.id, status, alert.status);
      toastWithUndo(`${STATUS_WORDS[status]}: ${alert.title}`, () => takeBack(alert, status));
    },
    undo: () => {
      const alert = last.current;
      if (alert !== null) takeBack(alert, changed.get(alert.id) ?? alert.status);
    },
    forget: () => setChanged(new Map()),
  };
}

interface TriageCommands {
  /** The alert that the keys act on, with its status of this moment. */
  readonly current: () => TriagedAlert | undefined;
  readonly triage: Triage;
  /** Called after a status was set by key: moves on to the next. */
  readonly onDone?: () => void;
  readonly within: () => Element | null;
}

/** Keys of triage: one per outcome, so that a queue is worked without the mouse. */
export function useTriageCommands({ current, triage, onDone, within }: TriageCommands): void {
  const set = (status: AlertStatus) => () => {
    const alert = current();
    if (alert === undefined) return;
    triage.setStatus(alert, status);
    onDone?.();
  };
  const on = { category: 'Alerts', within } as const;
  useCommands([
    { ...on, id: 'alerts.start', title: 'Start: in progress', keys: ['i'], run: set('in_progress') },
    { ...on, id: 'alerts.close', title: 'Close the alert', keys: ['c'], run: set('closed') },
    { ...on, id: 'alerts.reopen', title: 'Reopen the alert', keys: ['o'], run: set('new') },
    { ...on, id: 'alerts.undo', title: 'Undo the last status change', keys: ['z'], run: triage.undo },
  ]);
}
