import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/queries.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { formatTime } from '../../lib/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { useZone } from '../../workbench/preferences.ts';
import { isAllData } from '../../workbench/time-range.ts';
import type { EventsActions, EventsView } from './events-view.ts';

interface NoEventsProps {
  readonly view: EventsView;
  readonly actions: EventsActions;
}

/** Says why the list is empty, which of the causes of X-36 it is, and how to get out. */
export function NoEvents({ view, actions }: NoEventsProps) {
  const zone = useZone();
  const { data: stats } = useApi('stats', {});
  const outside = useApi(
    'listEvents',
    { query: { ...view.filter, since: undefined, until: undefined, limit: 1 } },
    { enabled: !isAllData(view.range) },
  );
  if (stats === undefined) return <SkeletonRows rows={6} />;
  if (stats.events === 0) {
    return (
      <EmptyState
        cause="no-data"
        title="No events yet"
        actions={
          <>
            <Button component={Link} to="/import" variant="filled">
              Import evidence
            </Button>
            <Button component={Link} to="/welcome">
              Sample case and live logs
            </Button>
          </>
        }
      >
        Import files, open the sample case, or send logs to Harrier.
      </EmptyState>
    );
  }
  const matchesElsewhere = outside.data?.total ?? 0;
  if (!isAllData(view.range) && matchesElsewhere > 0) {
    const newest = outside.data?.items[0]?.event_ts;
    return (
      <EmptyState
        cause="out-of-range"
        title="No matching events in this time range"
        actions={
          <Button variant="filled" onClick={() => actions.setRange({})}>
            Show all data
          </Button>
        }
      >
        {formatNoun(matchesElsewhere, 'event')} outside it
        {newest !== undefined && `, the newest at ${formatTime(newest, zone, { precision: 'second' })}`}.
        {stats.first_event_ts !== null &&
          stats.last_event_ts !== null &&
          ` Data exists from ${formatTime(stats.first_event_ts, zone, { precision: 'minute' })} to ${formatTime(stats.last_event_ts, zone, { precision: 'minute' })}.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      cause="filtered-out"
      title="The filters leave no events"
      actions={<Button onClick={actions.clearFilters}>Clear all filters</Button>}
    >
      {formatNoun(stats.events, 'event')} are stored, none of them match. Remove one filter above, or all of
      them.
    </EmptyState>
  );
}
