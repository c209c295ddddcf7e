import type { ImportWire } from '#shared/contract/imports.ts';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { formatSpan } from '../../lib/time.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { outcomeSummary } from './import-words.ts';
import styles from './ImportDetail.module.css';

const SHOWN_HOSTS = 12;

/** What an import brought: counts, time span, hosts, and what it could not read. */
export function ImportFacts({
  report: { report, created_at, finished_at },
}: {
  readonly report: ImportWire;
}) {
  const { first_event_ts: first, last_event_ts: last, hosts } = report;
  const rejected = Object.entries(report.rejected);
  const tookMs = finished_at === null ? null : Date.parse(finished_at) - Date.parse(created_at);
  return (
    <dl className={styles.facts}>
      <dt>Brought in</dt>
      <dd>
        <strong>{formatNoun(report.events, 'event')}</strong>, {formatNoun(report.alerts, 'alert')}
        {tookMs !== null && `, in ${formatSpan(tookMs)}`}
      </dd>
      <dt>Files</dt>
      <dd>{outcomeSummary(report.files)}</dd>
      {rejected.length > 0 && (
        <>
          <dt>Not understood</dt>
          <dd>{rejected.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ')}</dd>
        </>
      )}
      {first !== null && last !== null && (
        <>
          <dt>Time span</dt>
          <dd>
            <TimeText time={first} precision="second" /> to <TimeText time={last} precision="second" />,{' '}
            {formatSpan(Date.parse(last) - Date.parse(first))}
          </dd>
        </>
      )}
      {hosts.length > 0 && (
        <>
          <dt>{hosts.length === 1 ? 'Host' : `${formatCount(hosts.length)} hosts`}</dt>
          <dd>
            <HostileText text={hosts.slice(0, SHOWN_HOSTS).join(', ')} />
            {hosts.length > SHOWN_HOSTS && ` and ${formatCount(hosts.length - SHOWN_HOSTS)} more`}
          </dd>
        </>
      )}
    </dl>
  );
}
