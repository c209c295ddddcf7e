import type { ReactNode } from 'react';
import styles from './filters.module.css';

export interface FilterBarProps {
  readonly children: ReactNode;
  /** Stands at the right end. */
  readonly end?: ReactNode;
}

/** The row of filters over a list. */
export function FilterBar({ children, end }: FilterBarProps) {
  return (
    <div className={styles.bar} role="search">
      {children}
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </div>
  );
}
