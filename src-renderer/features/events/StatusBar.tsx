import type { EventWire } from '#shared/contract/events.ts';
import { useApi } from '../../api/queries.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { StatusLine } from '../../ui/StatusLine.tsx';
import type { RowSource } from '../../ui/table/row-source.ts';
import type { CellPosition } from '../../ui/table/table-props.ts';
import type { EventsActions, EventsView } from './events-view.ts';

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
    <StatusLine
      row={position.row}
      count={source.count}
      countIsExact={source.countIsExact}
      newCount={view.newCount}
      onShowNew={actions.reload}
      onRetry={source.error === null ? undefined : source.retry}
      trailing={<span>{view.order === 'newest' ? 'newest first' : 'oldest first'}</span>}
      {...(view.hasGap && { newLabel: 'The connection was lost meanwhile. Load again' })}
      {...(view.hasFilter && { newTitle: 'Received since this list was loaded; not all may match' })}
    >
      {isNarrowed && stats !== undefined && <span>filtered from {formatNoun(stats.events, 'event')}</span>}
    </StatusLine>
  );
}
