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
  /** Given when rows of the list could not be loaded. */
  readonly onRetry?: (() => void) | undefined;
  /** Rows that wait above; the list never moves by itself. */
  readonly newCount?: number;
  readonly onShowNew?: () => void;
  /** What the button says when it is not a number of rows: "The connection was lost meanwhile. Load again". */
  readonly newLabel?: string;
  readonly newTitle?: string;
  /** At the far end: the order of the list. */
  readonly trailing?: ReactNode;
}

/** Where one is in a list, and what has arrived since it was loaded. */
export function StatusLine({ row, count, countIsExact, children, newCount = 0, ...rest }: StatusLineProps) {
  const { newLabel, newTitle = 'Load them · r', onRetry, onShowNew, trailing } = rest;
  return (
    <footer className={styles.line} role="group" aria-label="List status">
      {count > 0 && (
        <span>
          row {formatCount(row + 1)} of {countIsExact ? '' : 'more than '}
          {formatCount(count)}
        </span>
      )}
      {children}
      {count > 0 && onRetry !== undefined && (
        <button type="button" className={styles.action} onClick={onRetry}>
          Some rows could not be loaded. Try again
        </button>
      )}
      <span className={styles.grow} />
      {(newCount > 0 || newLabel !== undefined) && (
        <button type="button" className={styles.action} title={newTitle} onClick={onShowNew}>
          <ArrowUp aria-hidden="true" />
          {newLabel ?? `${formatCount(newCount)} new`}
        </button>
      )}
      {trailing}
    </footer>
  );
}
