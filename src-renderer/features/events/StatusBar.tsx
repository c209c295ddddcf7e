import { ArrowUp } from 'lucide-react';
import type { EventWire } from '#shared/contract/events.ts';
import { useApi } from '../../api/queries.ts';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import type { RowSource } from '../../ui/table/row-source.ts';
import type { CellPosition } from '../../ui/table/table-props.ts';
import type { EventsActions, EventsView } from './events-view.ts';
import styles from './StatusBar.module.css';

interface StatusBarProps {
  readonly view: EventsView;
  readonly actions: EventsActions;
  readonly source: RowSource<EventWire>;
  readonly position: CellPosition;
}

/** Where one is in the list, how much of the whole it is, and what has arrived since. */
export function StatusBar({ view, actions, source, position }: StatusBarProps) {
  const { data: stats } = useApi('stats', {}, { refetchIntervalMs: 15_000 });
  const isNarrowed = view.hasFilter || view.range.since !== undefined || view.range.until !== undefined;
  return (
    <footer className={styles.bar} role="group" aria-label="List status">
      {source.count > 0 && (
        <span>
          row {formatCount(position.row + 1)} of {source.countIsExact ? '' : 'more than '}
          {formatCount(source.count)}
        </span>
      )}
      {isNarrowed && stats !== undefined && <span>filtered from {formatNoun(stats.events, 'event')}</span>}
      {source.error !== null && source.count > 0 && (
        <button type="button" className={styles.action} onClick={source.retry}>
          Some rows could not be loaded. Try again
        </button>
      )}
      <span className={styles.grow} />
      {(view.newCount > 0 || view.hasGap) && (
        <button
          type="button"
          className={styles.action}
          title={view.hasFilter ? 'Received since this list was loaded; not all may match' : 'Load them · r'}
          onClick={actions.reload}
        >
          <ArrowUp aria-hidden="true" />
          {view.hasGap
            ? 'The connection was lost meanwhile. Load again'
            : `${formatCount(view.newCount)} new`}
        </button>
      )}
      <span>{view.order === 'newest' ? 'newest first' : 'oldest first'}</span>
    </footer>
  );
}
