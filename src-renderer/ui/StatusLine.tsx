import { ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../lib/numbers.ts';
import styles from './StatusLine.module.css';

export interface StatusLineProps {
  /** Row of the focus, from 0. */
  readonly row: number;
  readonly count: number;
  readonly countIsExact: boolean;
  /** "filtered from 4,026 rules", "3 not loaded". */
  readonly children?: ReactNode;
  /** Rows that wait above; the list never moves by itself. */
  readonly newCount?: number;
  readonly onShowNew?: () => void;
}

/** Where one is in a list, and what has arrived since it was loaded. */
export function StatusLine({ row, count, countIsExact, children, newCount = 0, onShowNew }: StatusLineProps) {
  return (
    <footer className={styles.line}>
      {count > 0 && (
        <span>
          row {formatCount(row + 1)} of {countIsExact ? '' : 'more than '}
          {formatCount(count)}
        </span>
      )}
      {children}
      <span className={styles.grow} />
      {newCount > 0 && (
        <button type="button" className={styles.action} title="Load them · r" onClick={onShowNew}>
          <ArrowUp aria-hidden="true" />
          {formatCount(newCount)} new
        </button>
      )}
    </footer>
  );
}
