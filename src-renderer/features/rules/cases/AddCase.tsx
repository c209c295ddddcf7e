import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { callApi } from '../../../api/client.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { EventPicker } from '../explain/EventPicker.tsx';
import styles from './Cases.module.css';
import { caseOfEvent, readRecord, type RuleCase } from './rule-case.ts';

interface AddCaseProps {
  readonly onAdd: (ruleCase: RuleCase) => void;
  readonly onClose: () => void;
}

const EXPECTATIONS = [
  { value: 'match', label: 'Must match' },
  { value: 'no_match', label: 'Must not match' },
];

/** A case from a pasted record or from a stored event. */
export function AddCase({ onAdd, onClose }: AddCaseProps) {
  const [expect, setExpect] = useState<RuleCase['expect']>('match');
  const [source, setSource] = useState('paste');
  const [failure, setFailure] = useState<unknown>(null);
  const take = (eventId: string) => {
    setFailure(null);
    callApi('getEvent', { params: { event_id: eventId } }).then(
      (event) => onAdd(caseOfEvent(event, expect)),
      setFailure,
    );
  };
  return (
    <section className={styles.add} aria-label="Add a case">
      <div className={styles.choices}>
        <SegmentedControl
          size="xs"
          aria-label="What the rule must do"
          data={EXPECTATIONS}
          value={expect}
          onChange={(value) => setExpect(value === 'match' ? 'match' : 'no_match')}
        />
        <SegmentedControl
          size="xs"
          aria-label="Where the record comes from"
          data={[
            { value: 'paste', label: 'Paste JSON' },
            { value: 'stored', label: 'Stored event' },
          ]}
          value={source}
          onChange={setSource}
        />
      </div>
      {source === 'paste' ? (
        <PasteForm onRecord={(name, event) => onAdd({ name, expect, event })} onClose={onClose} />
      ) : (
        <>
          <EventPicker label="Find the event of the case" onChoose={take} />
          {failure !== null && <ErrorState compact title="The event could not be loaded" error={failure} />}
          <div className={styles.buttons}>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </>
      )}
    </section>
  );
}

interface PasteFormProps {
  readonly onRecord: (name: string, event: Readonly<Record<string, unknown>>) => void;
  readonly onClose: () => void;
}

function PasteForm({ onRecord, onClose }: PasteFormProps) {
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const add = () => {
    const outcome = readRecord(text);
    if (outcome.ok) onRecord(name.trim(), outcome.event);
    else setProblem(outcome.reason);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextInput
        label="Name"
        placeholder="What it shows, in a few words"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Record as it would be received, as JSON"
        placeholder={'{ "EventID": 1, "Image": "C:\\\\Windows\\\\System32\\\\cmd.exe" }'}
        classNames={{ input: styles.json ?? '' }}
        rows={7}
        value={text}
        error={problem}
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" disabled={text.trim() === ''}>
          Add the case
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
