import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { RequestOf } from '#shared/contract/client.ts';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import styles from './scheduled.module.css';
import { RUN_READERS } from './use-scheduled.ts';

type SuppressionBody = NonNullable<RequestOf<'createSuppression'>['body']>;

const FIRST_HOURS = 24;

/** Asks what it would cover before it is made: the preview comes first, the suppression second. */
export function SuppressionForm({ rule }: { readonly rule: DetectionRuleWire }) {
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [field, setField] = useState('host');
  const [value, setValue] = useState('');
  const [hours, setHours] = useState<number | string>(FIRST_HOURS);
  const preview = useApiMutation('createSuppression', { invalidates: [] });
  const create = useApiMutation('createSuppression', { invalidates: RUN_READERS });
  const body: SuppressionBody = {
    name,
    reason,
    criteria: { [field]: value },
    suppress_for_hours: typeof hours === 'number' ? hours : null,
  };
  const request = { params: { rule_id: rule.id }, body };
  const covered = preview.data?.preview;
  const forget = () => preview.reset();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (covered === undefined) {
      preview.mutate({ ...request, query: { dry_run: 'true' } });
      return;
    }
    create.mutate(request, {
      onSuccess: () => {
        forget();
        setName('');
        setReason('');
        setValue('');
      },
    });
  };
  const text = (set: (next: string) => void) => (event: { currentTarget: { value: string } }) => {
    set(event.currentTarget.value);
    forget();
  };
  const isComplete = [name, reason, field, value].every((part) => part.trim() !== '');
  return (
    <form className={styles.inline} aria-label="New suppression" onSubmit={submit}>
      <TextInput label="Name" required maxLength={256} value={name} onChange={text(setName)} />
      <TextInput label="Field" required maxLength={128} value={field} onChange={text(setField)} />
      <TextInput label="Value" required maxLength={1024} value={value} onChange={text(setValue)} />
      <NumberInput
        size="xs"
        hideControls
        label="Hours"
        min={1}
        max={24 * 366}
        value={hours}
        onChange={(next) => {
          setHours(next);
          forget();
        }}
      />
      <TextInput label="Reason" required maxLength={4000} value={reason} onChange={text(setReason)} />
      <Button type="submit" disabled={!isComplete} loading={preview.isPending || create.isPending}>
        {covered === undefined ? 'Preview' : 'Suppress'}
      </Button>
      <span className={styles.quiet} role="status">
        {covered !== undefined &&
          `Covers ${formatCount(covered.covered)} of ${formatNoun(covered.matches, 'present match', 'present matches')}.`}
      </span>
      {preview.error !== null && <ErrorState compact title="No preview" error={preview.error} />}
      {create.error !== null && <ErrorState compact title="It was not made" error={create.error} />}
    </form>
  );
}
