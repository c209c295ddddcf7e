import { Button } from '@mantine/core';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { SmallTable } from '../../../ui/SmallTable.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { eventsLink } from '../../../workbench/links.ts';
import { queryWords } from './schedule-words.ts';
import styles from './scheduled.module.css';
import { RUN_READERS } from './use-scheduled.ts';

/** Matches that are shown; the core gives up to a hundred. */
const SHOWN = 10;

/** Searches everything stored for the matches of the rule; raises nothing. */
export function RunNow({ rule }: { readonly rule: DetectionRuleWire }) {
  const run = useApiMutation('runDetectionRule', { invalidates: RUN_READERS });
  const { data } = run;
  return (
    <section className={styles.run} aria-label="Run now">
      <div className={styles.line}>
        <Button
          variant="filled"
          loading={run.isPending}
          onClick={() => run.mutate({ params: { rule_id: rule.id } })}
        >
          Run now
        </Button>
        <LinkButton link={eventsLink({ q: queryWords(rule) }, {})}>Open its query in Events</LinkButton>
        <span className={styles.quiet} role="status">
          {data === undefined
            ? 'Looks through everything stored and raises no alert.'
            : `${formatNoun(data.total, 'match', 'matches')}, ${formatCount(data.suppressed_count)} suppressed`}
          {data?.run.reason !== undefined && data.run.reason !== null && `. ${data.run.reason}`}
        </span>
      </div>
      {run.error !== null && <ErrorState compact title="The rule could not be run" error={run.error} />}
      {data !== undefined && data.logs.length > 0 && (
        <SmallTable
          label="Newest matches"
          rows={data.logs.slice(0, SHOWN)}
          rowKey={(event) => event.id}
          columns={[
            {
              id: 'time',
              header: 'Time',
              cell: (event) => <TimeText time={event.event_ts} precision="second" />,
            },
            { id: 'host', header: 'Host', cell: (event) => <HostileText text={event.host} /> },
            {
              id: 'message',
              header: 'Message',
              grows: true,
              cell: (event) => <HostileText text={event.message} maxLength={300} />,
            },
          ]}
        />
      )}
    </section>
  );
}
