import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { AlertWire } from '#shared/contract/alerts.ts';
import { useApi } from '../../api/queries.ts';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { formatSpan } from '../../lib/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { EVENT_SERIES, LEVEL_SERIES } from '../../ui/timeline/series.ts';
import type { TimelineBucket } from '../../ui/timeline/stack.ts';
import { Timeline } from '../../ui/timeline/Timeline.tsx';
import { useCommands } from '../../workbench/use-commands.ts';
import { eventsLink } from '../../workbench/links.ts';
import { absoluteRange, useTimeRange } from '../../workbench/time-range.ts';
import styles from './OverviewScreen.module.css';

const BUCKETS = 120;
/** The API gives at most this many alerts at once; beyond it the chart says that it shows the newest. */
const MAX_ALERTS = 500;

/** Events and alerts on one time axis: what happened, and what fired. A drag on either narrows the range. */
export function ActivityPanel() {
  const { range, setRange } = useTimeRange();
  const [steps, setSteps] = useState(0);
  const bounds = {
    ...(range.since !== undefined && { since: range.since }),
    ...(range.until !== undefined && { until: range.until }),
  };
  const events = useApi('eventHistogram', { query: { ...bounds, buckets: BUCKETS } }, { keepPrevious: true });
  const alerts = useApi('listAlerts', { query: { ...bounds, limit: MAX_ALERTS } }, { keepPrevious: true });
  const bucketMs = events.data?.bucket_ms ?? 0;
  const eventBuckets = useMemo(
    () =>
      (events.data?.buckets ?? []).map(({ start, by_severity }) => ({
        startMs: Date.parse(start),
        counts: by_severity,
      })),
    [events.data],
  );
  const alertBuckets = useMemo(
    () => bucketAlerts(alerts.data?.items ?? [], eventBuckets, bucketMs),
    [alerts.data, eventBuckets, bucketMs],
  );
  const brush = (fromMs: number, toMs: number) => {
    setSteps(steps + 1);
    setRange(absoluteRange(Math.floor(fromMs), Math.ceil(toMs)));
  };
  useCommands([
    {
      id: 'overview.zoom-out',
      title: 'Back to the range before',
      category: 'Overview',
      keys: ['escape'],
      enabled: () => steps > 0,
      run: () => {
        setSteps(steps - 1);
        window.history.back();
      },
    },
  ]);
  const total = eventBuckets.reduce(
    (sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0),
    0,
  );
  const shown = alerts.data?.items.length ?? 0;
  return (
    <Panel
      title="Activity"
      note={
        events.data === undefined
          ? 'Counting'
          : `${formatNoun(total, 'event')} and ${formatNoun(alerts.data?.total ?? 0, 'alert')}, one bar is ${formatSpan(bucketMs)}`
      }
      action={<Link {...eventsLink({})}>Events in this range</Link>}
      padding="flush"
    >
      {events.error !== null && events.data === undefined ? (
        <ErrorState
          compact
          title="The chart could not be loaded"
          error={events.error}
          onRetry={() => void events.refetch()}
        />
      ) : events.data === undefined ? (
        <SkeletonRows rows={6} />
      ) : eventBuckets.length === 0 ? (
        <EmptyState compact cause="out-of-range" title="No events in this time range" />
      ) : (
        <div className={styles.chart}>
          <p className={styles.chartName}>Events</p>
          <Timeline
            label="Events"
            buckets={eventBuckets}
            bucketMs={bucketMs}
            series={EVENT_SERIES}
            heightPx={104}
            noun="event"
            onBrush={brush}
          />
          <p className={styles.chartName}>
            Alerts{shown < (alerts.data?.total ?? 0) ? `, the newest ${formatCount(shown)}` : ''}
          </p>
          <Timeline
            label="Alerts"
            buckets={alertBuckets}
            bucketMs={bucketMs}
            series={LEVEL_SERIES}
            heightPx={76}
            noun="alert"
            onBrush={brush}
          />
        </div>
      )}
    </Panel>
  );
}

/** Alerts by level in the same bars as the events, so that the two charts line up. */
function bucketAlerts(
  alerts: readonly AlertWire[],
  frame: readonly TimelineBucket[],
  bucketMs: number,
): readonly TimelineBucket[] {
  const startMs = frame[0]?.startMs ?? 0;
  const endMs = (frame.at(-1)?.startMs ?? 0) + bucketMs;
  const counts = new Map<number, Record<string, number>>();
  for (const alert of alerts) {
    const atMs = Date.parse(alert.last_seen);
    if (atMs < startMs || atMs >= endMs) continue;
    const start = startMs + Math.floor((atMs - startMs) / bucketMs) * bucketMs;
    const bucket = counts.get(start) ?? {};
    bucket[alert.severity] = (bucket[alert.severity] ?? 0) + 1;
    counts.set(start, bucket);
  }
  return frame.map((bucket) => ({ startMs: bucket.startMs, counts: counts.get(bucket.startMs) ?? {} }));
}
