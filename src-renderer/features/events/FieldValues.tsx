import { ActionIcon } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import { useApi } from '../../api/queries.ts';
import { formatCompact, formatCount, formatNoun } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import type { EventFilter } from './events-view.ts';
import styles from './FieldList.module.css';

interface FieldValuesProps {
  readonly field: string;
  readonly filter: EventFilter;
  readonly onNarrow: (field: string, value: string, negate: boolean) => void;
}

/** Top ten values with their counts in the newest matching events, each to filter for or out. */
export function FieldValues({ field, filter, onNarrow }: FieldValuesProps) {
  const { data, error, refetch } = useApi('eventValues', { query: { ...filter, field, limit: 10 } });
  if (error !== null && data === undefined) {
    return (
      <ErrorState compact title="Values could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={4} />;
  const most = data.values[0]?.count ?? 1;
  return (
    <div className={styles.values}>
      {data.values.map(({ value, count }) => (
        <div key={value} className={styles.value}>
          <span className={styles.bar} style={{ width: `${(count / most) * 100}%` }} />
          <button
            type="button"
            className={styles.valueText}
            title="Filter for this value"
            onClick={() => onNarrow(field, value, false)}
          >
            {value === '' ? '(empty)' : <HostileText text={value} maxLength={30} />}
          </button>
          <span className={styles.count} title={formatCount(count)}>
            {formatCompact(count)}
          </span>
          <span className={styles.tools}>
            <ActionIcon
              size={20}
              aria-label={`Filter for ${value}`}
              onClick={() => onNarrow(field, value, false)}
            >
              <Plus />
            </ActionIcon>
            <ActionIcon
              size={20}
              aria-label={`Filter out ${value}`}
              onClick={() => onNarrow(field, value, true)}
            >
              <Minus />
            </ActionIcon>
          </span>
        </div>
      ))}
      <p className={styles.sampled}>
        {data.values.length === 0 ? 'No values' : 'Top values'} in the newest{' '}
        {formatNoun(data.sampled, 'match', 'matches')}
      </p>
    </div>
  );
}
