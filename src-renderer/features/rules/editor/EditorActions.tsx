import { Button } from '@mantine/core';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { KeyCaps } from '../../../ui/KeyCaps.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { ruleLink, rulesLink } from '../../../workbench/links.ts';
import styles from './RuleEditor.module.css';

interface EditorActionsProps {
  readonly rule: RuleDetailWire | null;
  readonly canSave: boolean;
  readonly onSave: () => void;
  readonly onRun: () => void;
}

/** Save, run and leave, with their keys; and what saving a rule of a file means. */
export function EditorActions({ rule, canSave, onSave, onRun }: EditorActionsProps) {
  return (
    <>
      <div className={styles.actions}>
        <Button variant="filled" disabled={!canSave} onClick={onSave}>
          Save rule
        </Button>
        <KeyCaps keys="mod+s" />
        <Button onClick={onRun}>Run</Button>
        <KeyCaps keys="mod+enter" />
        <span className={styles.grow} />
        <LinkButton link={rule === null ? rulesLink({}) : ruleLink(rule.id)}>Close</LinkButton>
      </div>
      {rule !== null && rule.origin !== 'custom' && !rule.edited && (
        <p className={styles.note}>
          The file <HostileText text={rule.file} maxLength={60} /> stays as it is; the saved text runs in its
          place until it is given back.
        </p>
      )}
    </>
  );
}
