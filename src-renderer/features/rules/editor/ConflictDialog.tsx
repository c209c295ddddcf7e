import { Button, Modal } from '@mantine/core';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { DiffView } from '../../../ui/DiffView.tsx';
import styles from './RuleEditor.module.css';

interface ConflictDialogProps {
  readonly theirs: RuleDetailWire;
  readonly mine: string;
  readonly onOverwrite: (version: number) => void;
  readonly onClose: () => void;
}

/** Somebody saved the rule meanwhile: their text against the one here, and what can be done about it. */
export function ConflictDialog({ theirs, mine, onOverwrite, onClose }: ConflictDialogProps) {
  return (
    <Modal opened size="xl" title="Somebody else saved this rule meanwhile" onClose={onClose}>
      <p className={styles.dialogText}>
        Version {theirs.version} is newer than the one that you began with. Red is what it says and yours does
        not; green is what yours would bring in its place.
      </p>
      <DiffView before={theirs.yaml_source} after={mine} label="Their text against yours" />
      <div className={styles.dialogButtons}>
        <Button onClick={onClose}>Go on editing mine</Button>
        <Button variant="filled" onClick={() => onOverwrite(theirs.version)}>
          Save mine as the next version
        </Button>
      </div>
    </Modal>
  );
}
