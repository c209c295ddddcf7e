import { Button, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { SHARING_MODES } from '#shared/model/detection-rule.ts';
import { isLevel, LEVELS } from '#shared/model/severity.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { bodyOf, draftOf, type ScheduledBody, type ScheduledDraft } from './scheduled-draft.ts';
import styles from './scheduled.module.css';

interface ScheduledFormProps {
  readonly rule?: DetectionRuleWire;
  /** Query of a new rule. */
  readonly query?: string;
  /** Verb of the button. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSave: (body: ScheduledBody) => void;
}

const SHARING_WORDS: Readonly<Record<(typeof SHARING_MODES)[number], string>> = {
  private: 'Only its owner',
  team: 'The team',
  roles: 'Some roles',
};

type TextName = 'name' | 'query' | 'description' | 'source' | 'host' | 'matchSeverity' | 'titleTemplate';

/** What a scheduled rule asks, when, and what its alerts say. */
export function ScheduledForm({ rule, query = '', action, isBusy, error, onSave }: ScheduledFormProps) {
  const [draft, setDraft] = useState<ScheduledDraft>(() => draftOf(rule, query));
  const set = (change: Partial<ScheduledDraft>) => setDraft({ ...draft, ...change });
  const text = (name: TextName) => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  const parsed = parseQuery(draft.query);
  const mistake = draft.query.trim() === '' || parsed.ok ? null : `${parsed.message} ${parsed.hint}`;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(bodyOf(draft));
  };
  return (
    <form className={styles.form} aria-label="Scheduled rule" onSubmit={submit}>
      <TextInput label="Name" required maxLength={256} {...text('name')} />
      <Textarea
        size="xs"
        label="Query"
        placeholder="powershell AND host:ws-*"
        autosize
        minRows={2}
        maxLength={4096}
        className={styles.query ?? ''}
        error={mistake}
        {...text('query')}
      />
      <Textarea
        size="xs"
        label="Description"
        autosize
        minRows={1}
        maxLength={4000}
        {...text('description')}
      />
      <div className={styles.columns}>
        <TextInput label="Source" placeholder="any" maxLength={128} {...text('source')} />
        <TextInput label="Host" placeholder="any" maxLength={256} {...text('host')} />
        <TextInput
          label="Events at least"
          placeholder="any severity"
          maxLength={128}
          {...text('matchSeverity')}
        />
        <Select
          label="Level of its alerts"
          allowDeselect={false}
          data={LEVELS.toReversed()}
          value={draft.level}
          onChange={(level) => {
            if (level !== null && isLevel(level)) set({ level });
          }}
        />
        <NumberInput
          size="xs"
          hideControls
          label="Every, in minutes"
          min={1}
          max={10_080}
          disabled={!draft.isScheduled}
          value={draft.intervalMinutes}
          onChange={(next) => {
            if (typeof next === 'number') set({ intervalMinutes: next });
          }}
        />
        <Select
          label="Shared with"
          allowDeselect={false}
          data={SHARING_MODES.map((value) => ({ value, label: SHARING_WORDS[value] }))}
          value={draft.sharing}
          onChange={(next) => set({ sharing: SHARING_MODES.find((mode) => mode === next) ?? draft.sharing })}
        />
      </div>
      <Switch
        size="xs"
        withThumbIndicator={false}
        label="Run by the clock; each event raises an alert of this rule once"
        checked={draft.isScheduled}
        onChange={(event) => set({ isScheduled: event.currentTarget.checked })}
      />
      <TextInput
        label="Title of its alerts"
        title="{rule_name}, {host}, {message} and {source} are filled in"
        maxLength={256}
        {...text('titleTemplate')}
      />
      <div className={styles.columns}>
        <TagsInput
          label="Techniques of ATT&CK"
          placeholder="T1059.001"
          size="xs"
          value={[...draft.techniques]}
          onChange={(techniques) => set({ techniques })}
        />
        <TagsInput label="Tags" size="xs" value={[...draft.tags]} onChange={(tags) => set({ tags })} />
      </div>
      {error !== null && <ErrorState compact title="The rule was not saved" error={error} />}
      <div className={styles.line}>
        <Button
          type="submit"
          variant="filled"
          loading={isBusy}
          disabled={draft.name.trim() === '' || mistake !== null}
        >
          {action}
        </Button>
      </div>
    </form>
  );
}
