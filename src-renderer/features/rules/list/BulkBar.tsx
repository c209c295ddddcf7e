import { Button, Menu } from '@mantine/core';
import { ChevronUp } from 'lucide-react';
import { formatNoun } from '../../../lib/numbers.ts';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import styles from './BulkBar.module.css';
import { LEVEL_OPTIONS } from './select-rules.ts';
import type { BulkChanges } from './use-bulk.ts';

interface BulkBarProps {
  readonly ids: readonly string[];
  /** Selected rules that the filters hide: they are changed too, so the bar says so. */
  readonly hiddenCount: number;
  readonly bulk: BulkChanges;
  readonly onExport: () => void;
  readonly onClear: () => void;
}

/** How many rules are selected, and what can be done with them. */
export function BulkBar({ ids, hiddenCount, bulk, onExport, onClear }: BulkBarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected rules">
      <span className={styles.count} role="status">
        {formatNoun(ids.length, 'rule')} selected
        {hiddenCount > 0 && <span className={styles.hidden}>, {hiddenCount} hidden by filters</span>}
      </span>
      <Button disabled={bulk.isBusy} onClick={() => bulk.setEnabled(ids, true)}>
        Enable
      </Button>
      <Button disabled={bulk.isBusy} onClick={() => bulk.setEnabled(ids, false)}>
        Disable
      </Button>
      <Menu position="top-start">
        <Menu.Target>
          <Button disabled={bulk.isBusy} rightSection={<ChevronUp aria-hidden="true" />}>
            Level
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {LEVEL_OPTIONS.map((level) => (
            <Menu.Item key={level} onClick={() => bulk.setLevel(ids, level)}>
              <SeverityBadge level={level} />
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => bulk.setLevel(ids, null)}>Level of each rule</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button onClick={onExport}>Export YAML</Button>
      <span className={styles.grow} />
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
