import { ActionIcon } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import type { ResponseOf } from '#shared/contract/client.ts';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { SmallTable } from '../../../ui/SmallTable.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { SuppressionForm } from './SuppressionForm.tsx';
import styles from './scheduled.module.css';
import { RUN_READERS } from './use-scheduled.ts';

type SuppressionWire = ResponseOf<'listSuppressions'>['items'][number];

/** What keeps matches from raising alerts: for how long, who said so and why. */
export function SuppressionsTab({ rule }: { readonly rule: DetectionRuleWire }) {
  const { data, error, refetch } = useApi('listSuppressions', {
    params: { rule_id: rule.id },
    query: { limit: 500 },
  });
  if (error !== null && data === undefined) {
    return (
      <ErrorState title="The suppressions could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={4} />;
  return (
    <>
      <SuppressionForm rule={rule} />
      {data.items.length === 0 ? (
        <p className={styles.quiet}>Nothing is suppressed.</p>
      ) : (
        <SmallTable
          label="Suppressions"
          rows={data.items}
          rowKey={(one) => one.id}
          columns={[
            { id: 'state', header: 'State', cell: (one) => (one.active ? 'active' : 'expired') },
            { id: 'name', header: 'Name', cell: (one) => <HostileText text={one.name} /> },
            {
              id: 'criteria',
              header: 'Covers',
              cell: (one) => (
                <span className="mono">
                  <HostileText text={criteriaWords(one)} />
                </span>
              ),
            },
            { id: 'reason', header: 'Reason', grows: true, cell: (one) => <HostileText text={one.reason} /> },
            { id: 'owner', header: 'Owner', cell: (one) => <HostileText text={one.owner} /> },
            {
              id: 'until',
              header: 'Until',
              cell: (one) =>
                one.expires_at === null ? 'removed' : <TimeText time={one.expires_at} precision="minute" />,
            },
            { id: 'remove', header: '', cell: (one) => <Remove rule={rule} suppression={one} /> },
          ]}
        />
      )}
    </>
  );
}

function criteriaWords({ criteria }: SuppressionWire): string {
  return Object.entries(criteria)
    .map(([field, value]) => `${field}=${value}`)
    .join(' and ');
}

interface RemoveProps {
  readonly rule: DetectionRuleWire;
  readonly suppression: SuppressionWire;
}

function Remove({ rule, suppression }: RemoveProps) {
  const remove = useApiMutation('deleteSuppression', { invalidates: RUN_READERS });
  return (
    <ActionIcon
      size={24}
      aria-label={`Remove the suppression ${suppression.name}`}
      loading={remove.isPending}
      onClick={() => remove.mutate({ params: { rule_id: rule.id, suppression_id: suppression.id } })}
    >
      <Trash2 />
    </ActionIcon>
  );
}
