import { Checkbox, SegmentedControl } from '@mantine/core';
import { formatCount } from '../../lib/numbers.ts';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { FilterText } from '../../ui/FilterText.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import shades from './CoverageGrid.module.css';
import styles from './CoverageScreen.module.css';
import { SHADE_LABELS, valueOf, type Coverage, type MatrixChoice } from './matrix.ts';

interface CoverageBarProps {
  readonly coverage: Coverage;
  readonly choice: MatrixChoice;
  readonly onText: (text: string) => void;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

const MODES = [
  { value: 'rules', label: 'Rules' },
  { value: 'fired', label: 'Fired' },
];

/** What is shaded, which cells are shown, and what the numbers do not claim. */
export function CoverageBar({ coverage, choice, onText, onChange }: CoverageBarProps) {
  const { mode } = choice;
  const techniques = new Map(coverage.items.map((cell) => [cell.technique, false]));
  for (const cell of coverage.items) if (valueOf(cell, mode) > 0) techniques.set(cell.technique, true);
  const covered = [...techniques.values()].filter(Boolean).length;
  return (
    <>
      <FilterBar>
        <SegmentedControl
          size="xs"
          aria-label="Shade by"
          value={mode}
          data={MODES}
          onChange={(value) => onChange({ mode: value === 'fired' ? 'fired' : undefined })}
        />
        <FilterText label="Find a technique" placeholder="Name or id" value={choice.text} onChange={onText} />
        <span className={styles.choices}>
          <Checkbox
            size="xs"
            label={mode === 'rules' ? 'Only with rules' : 'Only fired'}
            checked={choice.onlyCovered}
            onChange={(event) => onChange({ covered: event.currentTarget.checked ? 'true' : undefined })}
          />
          <Checkbox
            size="xs"
            label="Sub-techniques"
            checked={choice.allOpen}
            onChange={(event) => onChange({ subs: event.currentTarget.checked ? 'true' : undefined })}
          />
        </span>
      </FilterBar>
      <p className={styles.facts}>
        <span>
          <strong>
            {formatCount(covered)} of {formatCount(techniques.size)}
          </strong>{' '}
          {mode === 'rules' ? 'techniques have an enabled rule' : 'techniques have fired'}
        </span>
        <span>Rules mapped to a technique, not protection against it</span>
        <span>
          ATT&CK {coverage.attack_version} · as of{' '}
          <TimeText time={coverage.generated_at} precision="second" />
        </span>
        <span className={styles.legend} data-mode={mode}>
          {mode === 'rules' ? 'Enabled rules' : 'Times fired'}
          {SHADE_LABELS.map((label, index) => (
            <span key={label} className={styles.step}>
              <i className={`${styles.swatch ?? ''} ${shades.shade ?? ''}`} data-shade={index + 1} />
              {label}
            </span>
          ))}
        </span>
      </p>
    </>
  );
}
