import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { Timeline } from '../../../ui/timeline/Timeline.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { alertsLink } from '../../../workbench/links.ts';
import { absoluteRange } from '../../../workbench/time-range.ts';
import { barsOf, FIRE_WINDOWS, FIRES_KEY, windowFor } from './fire-windows.ts';
import styles from './RuleDetail.module.css';

const SERIES = [{ key: FIRES_KEY, label: 'Fires', colour: '--series-1' }] as const;
const HEIGHT_PX = 140;

/** How often the rule fired, in a window that shows its last fire; a dragged range opens its alerts. */
export function FireHistory({ rule }: { readonly rule: RuleDetailWire }) {
  const navigate = useNavigate();
  const [windowId, setWindowId] = useState(() => windowFor(rule.last_fired_at, Date.now()));
  const shown = FIRE_WINDOWS.find(({ id }) => id === windowId) ?? FIRE_WINDOWS[0];
  const { data, error, refetch } = useApi(
    'ruleTimeline',
    { params: { rule_id: rule.id }, query: shown?.query ?? {} },
    { keepPrevious: true },
  );
  const bars = useMemo(() => barsOf(data?.buckets ?? [], shown?.perBar ?? 1), [data, shown]);
  const total = data?.buckets.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <div className={styles.history}>
      <div className={styles.historyBar}>
        <SegmentedControl
          size="xs"
          aria-label="Window"
          value={windowId}
          onChange={setWindowId}
          data={FIRE_WINDOWS.map(({ id, label }) => ({ value: id, label }))}
        />
        {data !== undefined && <span>{formatNoun(total, 'fire')}</span>}
      </div>
      {error !== null && data === undefined && (
        <ErrorState
          compact
          title="The history could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && data === undefined && <SkeletonRows rows={4} />}
      {data !== undefined && total > 0 && (
        <Timeline
          label="Fires of the rule"
          buckets={bars}
          bucketMs={shown?.barMs ?? 1}
          series={SERIES}
          heightPx={HEIGHT_PX}
          noun="fire"
          onBrush={(fromMs, toMs) =>
            void navigate(alertsLink({ rule: rule.id, status: 'all' }, absoluteRange(fromMs, toMs)))
          }
        />
      )}
      {data !== undefined && total === 0 && <NoFires rule={rule} />}
    </div>
  );
}

function NoFires({ rule }: { readonly rule: RuleDetailWire }) {
  if (rule.last_fired_at === null) {
    return (
      <EmptyState compact cause="no-data" title="This rule has never fired">
        {rule.enabled
          ? 'It looks at every event of its log source as it arrives.'
          : 'It is off and looks at nothing.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      compact
      cause="out-of-range"
      title="Not in this window"
      actions={
        <LinkButton link={alertsLink({ rule: rule.id, status: 'all' }, {})}>Open its alerts</LinkButton>
      }
    >
      {`It fired ${formatNoun(rule.fired, 'time')} in all, last at `}
      <TimeText time={rule.last_fired_at} precision="second" />.
    </EmptyState>
  );
}
