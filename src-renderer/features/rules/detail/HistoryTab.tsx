import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RuleVersionWire } from '#shared/contract/rule-history.ts';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi } from '../../../api/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { actionWords } from './action-words.ts';
import styles from './HistoryTab.module.css';
import { VersionDiff } from './VersionDiff.tsx';

/** What happened to the rule here, newest first: texts, switches and levels, with who and why. */
export function HistoryTab({ rule }: { readonly rule: RuleDetailWire }) {
  const [openVersion, setOpen] = useState<number | null>(null);
  const { data, error, refetch } = useApi('ruleVersions', { params: { rule_id: rule.id } });
  if (error !== null) {
    return (
      <ErrorState title="The history could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={4} />;
  if (data.items.length === 0) {
    return (
      <EmptyState compact cause="no-data" title="Nothing was changed here">
        The text is that of its file. Edits, switches and levels are kept here with who made them and why.
      </EmptyState>
    );
  }
  return (
    <ol className={styles.entries} aria-label="Versions">
      {data.items.map((entry) => (
        <li key={entry.version} className={styles.entry}>
          <Entry
            entry={entry}
            isOpen={openVersion === entry.version}
            onToggle={() => setOpen(openVersion === entry.version ? null : entry.version)}
          />
          {openVersion === entry.version && <VersionDiff rule={rule} version={entry.version} />}
        </li>
      ))}
    </ol>
  );
}

interface EntryProps {
  readonly entry: RuleVersionWire;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Entry({ entry, isOpen, onToggle }: EntryProps) {
  return (
    <div className={styles.line}>
      <span className={styles.version}>{entry.version}</span>
      <TimeText time={entry.at} precision="second" />
      <span className={styles.action}>{actionWords(entry)}</span>
      <span className={styles.author}>
        <HostileText text={entry.author === '' ? 'Harrier' : entry.author} maxLength={30} />
      </span>
      <span className={styles.reason}>
        <HostileText text={entry.reason} />
      </span>
      {entry.has_text && (
        <Button size="compact-xs" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Hide' : 'Compare'}
        </Button>
      )}
    </div>
  );
}
