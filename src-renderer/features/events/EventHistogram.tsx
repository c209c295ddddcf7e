import { useMemo } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ResponseOf } from '#shared/contract/client.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { formatSpan, formatTime } from '../../lib/time.ts';
import { useZone } from '../../workbench/preferences.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { EVENT_SERIES } from '../../ui/timeline/series.ts';
import { Timeline } from '../../ui/timeline/Timeline.tsx';
import { absoluteRange, type TimeRange } from '../../workbench/time-range.ts';
import styles from './EventHistogram.module.css';
import { countEvents } from './events-view.ts';

const HEIGHT_PX = 104;

interface EventHistogramProps {
  readonly answer: UseQueryResult<ResponseOf<'eventHistogram'>>;
  readonly onBrush: (range: TimeRange) => void;
}

/** Matching events over time by severity; a drag narrows the range. */
export function EventHistogram({ answer, onBrush }: EventHistogramProps) {
  const zone = useZone();
  const { data, error, refetch } = answer;
  const buckets = useMemo(
    () =>
      (data?.buckets ?? []).map((bucket) => ({
        startMs: Date.parse(bucket.start),
        counts: bucket.by_severity,
      })),
    [data],
  );
  const total = countEvents(data);
  return (
    <section className={styles.histogram} aria-label="Events over time">
      <header className={styles.caption}>
        {data === undefined ? (
          'Counting events'
        ) : (
          <>
            <strong>{formatNoun(total, 'event')}</strong>
            {total > 0 && <span>one bar is {formatSpan(data.bucket_ms)}</span>}
            {data.since !== null && data.until !== null && (
              <span className="mono">
                {formatTime(data.since, zone, { precision: 'second' })} →{' '}
                {formatTime(data.until, zone, { precision: 'second' })}
              </span>
            )}
          </>
        )}
      </header>
      {error !== null && data === undefined ? (
        <ErrorState
          compact
          title="The chart could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      ) : (
        <Timeline
          label="Events over time"
          buckets={buckets}
          bucketMs={data?.bucket_ms ?? 1000}
          series={EVENT_SERIES}
          heightPx={HEIGHT_PX}
          noun="event"
          onBrush={(fromMs, toMs) => onBrush(absoluteRange(Math.floor(fromMs), Math.ceil(toMs)))}
        />
      )}
    </section>
  );
}
