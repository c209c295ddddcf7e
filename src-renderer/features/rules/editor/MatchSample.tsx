import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { EventWire } from '#shared/contract/events.ts';
import { callApi } from '../../../api/client.ts';
import { formatCount } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { eventsLink } from '../../../workbench/links.ts';
import { ExplanationView } from '../explain/ExplanationView.tsx';
import styles from './RuleEditor.module.css';

interface MatchSampleProps {
  readonly events: readonly EventWire[];
  readonly yaml: string;
  readonly total: number;
  readonly onGo: (line: number, column: number) => void;
}

/** The newest matching events; each opens to the explanation of its match. */
export function MatchSample({ events, yaml, total, onGo }: MatchSampleProps) {
  const [openId, setOpen] = useState<string | null>(null);
  return (
    <>
      <ul className={styles.sample} aria-label="Matching events">
        {events.map((event) => {
          const isOpen = event.id === openId;
          return (
            <li key={event.id}>
              <button
                type="button"
                className={styles.sampleRow}
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? null : event.id)}
              >
                {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                <TimeText time={event.event_ts} precision="second" />
                <span className={styles.message}>
                  <HostileText text={event.message} maxLength={300} />
                </span>
              </button>
              {isOpen && <Why eventId={event.id} yaml={yaml} onGo={onGo} />}
            </li>
          );
        })}
      </ul>
      {total > events.length && (
        <p className={styles.quiet}>The newest {formatCount(events.length)} are shown.</p>
      )}
    </>
  );
}

interface WhyProps {
  readonly eventId: string;
  readonly yaml: string;
  readonly onGo: (line: number, column: number) => void;
}

function Why({ eventId, yaml, onGo }: WhyProps) {
  const body = { yaml, event_id: eventId };
  const { data, error } = useQuery({
    queryKey: ['explainRule', body],
    queryFn: ({ signal }) => callApi('explainRule', { body }, { signal }),
  });
  return (
    <div className={styles.why}>
      {error !== null && <ErrorState compact title="The match could not be explained" error={error} />}
      {error === null && data === undefined && <SkeletonRows rows={3} />}
      {data?.explanation && <ExplanationView explanation={data.explanation} onGo={onGo} />}
      <Link {...eventsLink({ event: eventId })}>Open the event</Link>
    </div>
  );
}
