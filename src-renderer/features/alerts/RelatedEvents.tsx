import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import type { EventWire } from '#shared/contract/events.ts';
import { formatCount } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { KeyValueList } from '../../ui/KeyValueList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { eventsLink } from '../../workbench/links.ts';
import { absoluteRange } from '../../workbench/time-range.ts';
import styles from './RelatedEvents.module.css';

const AROUND_MS = 15 * 60_000;

/** The events that made the alert, each to unfold; the first is open, because it is the one that is explained. */
export function RelatedEvents({ alert }: { readonly alert: AlertDetailWire }) {
  const { events, count } = alert;
  return (
    <>
      <ul className={styles.list}>
        {events.map((event, index) => (
          <EventItem key={event.id} event={event} openAtFirst={index === 0 && events.length === 1} />
        ))}
      </ul>
      {events.length === 0 && (
        <p className={styles.note}>The events are no longer stored; what the rule saw is kept above.</p>
      )}
      {count > events.length && events.length > 0 && (
        <p className={styles.note}>
          {`The first ${formatCount(events.length)} of ${formatCount(count)}. `}
          <Link {...aroundLink(alert.first_seen, alert.last_seen, events[0]?.host ?? '')}>
            Events of the whole time span
          </Link>
        </p>
      )}
    </>
  );
}

/** Events of that host from 15 minutes before to 15 minutes after. */
export function aroundLink(first: string, last: string, host: string) {
  return eventsLink(
    host === '' ? {} : { q: `host:${JSON.stringify(host)}` },
    absoluteRange(Date.parse(first) - AROUND_MS, Date.parse(last) + AROUND_MS),
  );
}

interface EventItemProps {
  readonly event: EventWire;
  readonly openAtFirst: boolean;
}

function EventItem({ event, openAtFirst }: EventItemProps) {
  const [isOpen, setOpen] = useState(openAtFirst);
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight aria-hidden="true" />
          <TimeText time={event.event_ts} />
          <span className={styles.message}>
            <HostileText text={event.message} maxLength={240} />
          </span>
        </button>
        <Link className={styles.link} {...eventsLink({ event: event.id }, {})}>
          Open
        </Link>
        <Link className={styles.link} {...aroundLink(event.event_ts, event.event_ts, event.host)}>
          ±15 min
        </Link>
      </div>
      {isOpen && (
        <div className={styles.fields}>
          <KeyValueList
            label="Fields of the event"
            items={Object.entries(event.fields)
              .filter(([, value]) => value !== '' && value !== null)
              .map(([key, value]) => ({
                key,
                value: (
                  <HostileText
                    text={typeof value === 'string' ? value : JSON.stringify(value)}
                    layout="block"
                  />
                ),
              }))}
          />
        </div>
      )}
    </li>
  );
}
