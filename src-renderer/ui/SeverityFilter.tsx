import { LEVELS, type Level } from '#shared/model/severity.ts';
import { formatCount } from '../lib/numbers.ts';
import { SeverityBadge } from './Severity.tsx';
import styles from './filters.module.css';

export interface SeverityFilterProps {
  readonly label: string;
  /** Rows of each level under the other filters; undefined while they are counted. */
  readonly counts: Readonly<Partial<Record<Level, number>>> | undefined;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Levels as toggles with their counts, worst first. None pressed means all. */
export function SeverityFilter({ label, counts, values, onChange }: SeverityFilterProps) {
  return (
    <div className={styles.levels} role="group" aria-label={label}>
      {LEVELS.toReversed().map((level) => {
        const isChosen = values.includes(level);
        return (
          <button
            key={level}
            type="button"
            className={styles.level}
            aria-pressed={isChosen}
            data-empty={counts?.[level] === 0}
            onClick={() => onChange(isChosen ? values.filter((one) => one !== level) : [...values, level])}
          >
            <SeverityBadge level={level} />
            <span className={styles.count}>
              {counts === undefined ? '…' : formatCount(counts[level] ?? 0)}
            </span>
          </button>
        );
      })}
    </div>
  );
}
