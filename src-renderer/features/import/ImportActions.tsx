import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ImportWire } from '#shared/contract/imports.ts';
import { useApiMutation } from '../../api/queries.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { toast } from '../../ui/toast.ts';
import { alertsLink, eventsLink } from '../../workbench/links.ts';
import { absoluteRange } from '../../workbench/time-range.ts';
import { isActive } from './import-words.ts';
import styles from './ImportDetail.module.css';

/** Next steps after an import. Undoing removes data, so it asks, in place. */
export function ImportActions({ report }: { readonly report: ImportWire }) {
  const [asks, setAsks] = useState(false);
  const undo = useApiMutation('undoImport', {
    invalidates: ['getImport', 'listImports', 'listAlerts', 'listEvents', 'stats', 'attackCoverage'],
  });
  const { events, alerts, first_event_ts: first, last_event_ts: last } = report.report;
  if (isActive(report) || report.state === 'undone') return null;
  const onUndo = () =>
    undo.mutate(
      { params: { import_id: report.id } },
      {
        onSuccess: (answer) =>
          toast(
            `Removed ${formatNoun(answer.events_removed, 'event')} and ${formatNoun(answer.alerts_removed, 'alert')}.`,
          ),
        onSettled: () => setAsks(false),
      },
    );
  return (
    <>
      <div className={styles.actions}>
        {first !== null && last !== null && (
          <LinkButton
            primary
            link={eventsLink(
              { import_id: report.id },
              // The end of a range is not part of it, and the last event is.
              absoluteRange(Date.parse(first), Date.parse(last) + 1),
            )}
          >
            Open events in this range
          </LinkButton>
        )}
        {alerts > 0 && (
          <LinkButton link={alertsLink({ import_id: report.id, status: 'all' }, {})}>Open alerts</LinkButton>
        )}
        <span className={styles.grow} />
        {!asks && <Button onClick={() => setAsks(true)}>Undo import</Button>}
        {asks && (
          <span className={styles.ask} role="group" aria-label="Undo this import?">
            Remove {formatNoun(events, 'event')} and {formatNoun(alerts, 'alert')}?
            <Button className={styles.remove ?? ''} loading={undo.isPending} autoFocus onClick={onUndo}>
              Remove
            </Button>
            <Button onClick={() => setAsks(false)}>Keep</Button>
          </span>
        )}
      </div>
      {undo.error !== null && <ErrorState compact title="The import was not undone" error={undo.error} />}
    </>
  );
}
