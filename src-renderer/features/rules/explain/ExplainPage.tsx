import { useApi } from '../../../api/queries.ts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api/client.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { editRuleLink, eventsLink, ruleLink } from '../../../workbench/links.ts';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { ProblemList } from '../ProblemList.tsx';
import { EventPicker } from './EventPicker.tsx';
import styles from './ExplainPage.module.css';
import { ExplanationView } from './ExplanationView.tsx';
import { RulePicker } from './RulePicker.tsx';

/** A rule and an event, and why the one matches the other or not. Both are in the address. */
export function ExplainPage() {
  const { rule, event } = useSearchParams();
  const setSearch = useSetSearch();
  return (
    <div className={styles.screen}>
      <div className={styles.choices}>
        <Panel title="Rule">
          <RulePicker chosen={rule} onChoose={(id) => setSearch({ rule: id }, { replace: true })} />
        </Panel>
        <Panel title="Event">
          <EventPicker
            label="Find an event"
            chosen={event}
            onChoose={(id) => setSearch({ event: id }, { replace: true })}
          />
        </Panel>
      </div>
      <section className={styles.answer} aria-label="Explanation">
        {rule === undefined || event === undefined ? (
          <EmptyState
            cause="not-configured"
            title={rule === undefined ? 'Choose a rule to test' : 'Choose an event to test it on'}
          >
            Every part of the rule is shown with the value that the event has there.
          </EmptyState>
        ) : (
          <Answer ruleId={rule} eventId={event} />
        )}
      </section>
    </div>
  );
}

function Answer({ ruleId, eventId }: { readonly ruleId: string; readonly eventId: string }) {
  const body = { rule_id: ruleId, event_id: eventId };
  const { data, error } = useQuery({
    queryKey: ['explainRule', body],
    queryFn: ({ signal }) => callApi('explainRule', { body }, { signal }),
  });
  const { data: event } = useApi('getEvent', { params: { event_id: eventId } });
  if (error !== null) return <ErrorState title="The rule could not be tested" error={error} />;
  if (data === undefined) return <SkeletonRows />;
  return (
    <>
      <header className={styles.header}>
        <h2>{data.explanation !== null && <HostileText text={data.explanation.title} />}</h2>
        <LinkButton link={ruleLink(ruleId)}>Open the rule</LinkButton>
        <LinkButton link={editRuleLink(ruleId)}>Edit</LinkButton>
      </header>
      {event !== undefined && (
        <p className={styles.event}>
          <TimeText time={event.event_ts} />
          <span>
            <HostileText text={event.message} maxLength={240} />
          </span>
          <LinkButton link={eventsLink({ event: eventId })}>Open the event</LinkButton>
        </p>
      )}
      {data.explanation === null ? (
        <ProblemList problems={data.problems} />
      ) : (
        <ExplanationView explanation={data.explanation} />
      )}
    </>
  );
}
