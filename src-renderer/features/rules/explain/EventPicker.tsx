import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../../api/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import styles from './Picker.module.css';
import { useSettled } from './use-settled.ts';

interface EventPickerProps {
  readonly label: string;
  readonly chosen?: string | undefined;
  readonly onChoose: (eventId: string) => void;
}

/** Enough to find the one that is meant by narrowing; the Events screen is for more. */
const SHOWN = 30;

/** Stored events, newest first, narrowed by a query; one is chosen. */
export function EventPicker({ label, chosen, onChoose }: EventPickerProps) {
  const [query, setQuery] = useState('');
  const asked = useSettled(query.trim());
  const { data, error } = useApi(
    'listEvents',
    { query: { limit: SHOWN, ...(asked === '' ? {} : { q: asked }) } },
    { keepPrevious: true },
  );
  return (
    <div className={styles.picker}>
      <TextInput
        aria-label={label}
        placeholder="Find an event: EventID:4625 host:DC-*"
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {error !== null && <ErrorState compact title="Events could not be searched" error={error} />}
      {data === undefined && error === null && <SkeletonRows rows={5} />}
      {data?.items.length === 0 && (
        <EmptyState compact cause={asked === '' ? 'no-data' : 'filtered-out'} title="No such event">
          {asked === '' ? 'Import evidence or receive logs first.' : 'Another query may find it.'}
        </EmptyState>
      )}
      <ul className={styles.items} aria-label="Events">
        {data?.items.map((event) => (
          <li key={event.id}>
            <button
              type="button"
              className={styles.item}
              aria-pressed={event.id === chosen}
              onClick={() => onChoose(event.id)}
            >
              <TimeText time={event.event_ts} precision="second" />
              <span className={styles.text}>
                <HostileText text={event.message} maxLength={200} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
