import { CalendarSearch, Database, Filter, Lock, Plug, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './states.module.css';

/** The five reasons for an empty list. Each needs a different next step, so each says which it is. */
export type EmptyCause = 'no-data' | 'out-of-range' | 'filtered-out' | 'not-permitted' | 'not-configured';

const ICONS: Readonly<Record<EmptyCause, LucideIcon>> = {
  'no-data': Database,
  'out-of-range': CalendarSearch,
  'filtered-out': Filter,
  'not-permitted': Lock,
  'not-configured': Plug,
};

export interface EmptyStateProps {
  readonly cause: EmptyCause;
  /** What is empty, as a sentence: "No events between ... and ...". */
  readonly title: string;
  /** Why, with facts: where data does exist, which filter removed it. */
  readonly children?: ReactNode;
  /** Buttons or links for the next step. */
  readonly actions?: ReactNode;
  readonly compact?: boolean;
}

/** Explains an empty list and offers the way out. */
export function EmptyState({ cause, title, children, actions, compact = false }: EmptyStateProps) {
  const Icon = ICONS[cause];
  return (
    <div className={classNames(styles.state, compact && styles.compact)} data-cause={cause} role="status">
      <p className={styles.title}>
        <Icon aria-hidden="true" />
        {title}
      </p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
