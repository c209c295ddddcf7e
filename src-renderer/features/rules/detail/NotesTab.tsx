import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { toast } from '../../../ui/toast.ts';
import styles from './NotesTab.module.css';

/** What the team knows of the rule and the rule does not say. Shown as it was written: no markup is made of it. */
export function NotesTab({ rule }: { readonly rule: RuleDetailWire }) {
  const request = { params: { rule_id: rule.id } };
  const { data, error, refetch } = useApi('getRuleNotes', request);
  const save = useApiMutation('putRuleNotes', { invalidates: ['getRuleNotes'] });
  const [draft, setDraft] = useState<string | null>(null);
  if (error !== null && data === undefined)
    return <ErrorState title="The notes could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows />;
  const text = draft ?? data.text;
  return (
    <div className={styles.notes}>
      <Textarea
        aria-label="Notes"
        placeholder="When it fires by mistake, whom to ask, what to look at next"
        autosize
        minRows={8}
        maxLength={20_000}
        value={text}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <div className={styles.below}>
        <Button
          variant="filled"
          disabled={text === data.text || save.isPending}
          onClick={() =>
            save.mutate(
              { ...request, body: { text } },
              {
                onSuccess: () => {
                  setDraft(null);
                  toast('Notes saved.');
                },
              },
            )
          }
        >
          Save notes
        </Button>
        {data.updated_at !== null && (
          <span className={styles.said}>
            <HostileText text={data.author ?? ''} /> · <TimeText time={data.updated_at} />
          </span>
        )}
      </div>
      {save.error !== null && <ErrorState compact title="The notes were not saved" error={save.error} />}
    </div>
  );
}
