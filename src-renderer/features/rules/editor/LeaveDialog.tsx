import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import styles from './RuleEditor.module.css';

/** Asks before a change that is not saved is left behind; the browser asks the same when the window closes. */
export function LeaveDialog({ isChanged }: { readonly isChanged: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Modal opened title="Leave without saving?" onClose={reset}>
      <p className={styles.dialogText}>What was changed here is not saved and would be lost.</p>
      <div className={styles.dialogButtons}>
        <Button data-autofocus variant="filled" onClick={reset}>
          Stay
        </Button>
        <Button onClick={proceed}>Discard the changes</Button>
      </div>
    </Modal>
  );
}
