import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { DETECTION_VERDICTS, type DetectionVerdict } from '#shared/model/detection-rule.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { SmallTable } from '../../../ui/SmallTable.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import styles from './scheduled.module.css';

const VERDICT_WORDS: Readonly<Record<DetectionVerdict, string>> = {
  true_positive: 'True positive',
  false_positive: 'False positive',
  needs_tuning: 'Needs tuning',
};

const SHOWN = 100;

/** What analysts said of the rule, and a line to say more. */
export function FeedbackTab({ rule }: { readonly rule: DetectionRuleWire }) {
  const params = { rule_id: rule.id };
  const { data, error, refetch } = useApi('listDetectionFeedback', { params, query: { limit: SHOWN } });
  const add = useApiMutation('addDetectionFeedback', {
    invalidates: ['listDetectionFeedback', 'detectionMetrics'],
  });
  const [verdict, setVerdict] = useState<DetectionVerdict>('true_positive');
  const [notes, setNotes] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    add.mutate({ params, body: { verdict, notes } }, { onSuccess: () => setNotes('') });
  };
  if (error !== null && data === undefined)
    return <ErrorState title="Feedback could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} />;
  return (
    <>
      <form className={styles.inline} aria-label="New feedback" onSubmit={submit}>
        <SegmentedControl
          size="xs"
          aria-label="Verdict"
          value={verdict}
          data={DETECTION_VERDICTS.map((value) => ({ value, label: VERDICT_WORDS[value] }))}
          onChange={setVerdict}
        />
        <TextInput
          aria-label="Notes"
          placeholder="Why"
          maxLength={4000}
          className={styles.wide ?? ''}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending}>
          Add feedback
        </Button>
      </form>
      {add.error !== null && <ErrorState compact title="It was not kept" error={add.error} />}
      {data.items.length === 0 ? (
        <p className={styles.quiet}>Nobody has said anything of this rule yet.</p>
      ) : (
        <SmallTable
          label="Feedback"
          rows={data.items}
          rowKey={(one) => one.id}
          columns={[
            {
              id: 'time',
              header: 'Time',
              cell: (one) => <TimeText time={one.created_at} precision="second" />,
            },
            { id: 'verdict', header: 'Verdict', cell: (one) => VERDICT_WORDS[one.verdict] },
            { id: 'actor', header: 'By', cell: (one) => <HostileText text={one.actor} /> },
            { id: 'notes', header: 'Notes', grows: true, cell: (one) => <HostileText text={one.notes} /> },
          ]}
        />
      )}
    </>
  );
}
