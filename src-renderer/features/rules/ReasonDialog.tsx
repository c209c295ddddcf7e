import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { ErrorState } from '../../ui/ErrorState.tsx';
import styles from './ReasonDialog.module.css';

interface ReasonDialogProps {
  readonly title: string;
  readonly explanation: string;
  /** Verb of the button. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onDone: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why, for the history of the rule. The reason may be left out: nobody is helped by one that was made up. */
export function ReasonDialog({
  title,
  explanation,
  action,
  isBusy,
  error,
  onDone,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onDone(reason.trim());
  };
  return (
    <Modal opened title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <p className={styles.explanation}>{explanation}</p>
        <TextInput
          data-autofocus
          label="Reason, for its history"
          placeholder="Why, in a sentence"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error !== null && <ErrorState compact title="That was not done" error={error} />}
        <div className={styles.buttons}>
          <Button type="submit" variant="filled" disabled={isBusy}>
            {action}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
