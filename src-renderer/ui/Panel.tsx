import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** What the numbers mean: window, unit, count. Stands beside the title. */
  readonly note?: ReactNode;
  /** Link or button at the right of the title. */
  readonly action?: ReactNode;
  /** `flush` for tables, which bring their own padding. */
  readonly padding?: 'normal' | 'flush';
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled part of a screen. */
export function Panel({ title, note, action, padding = 'normal', className, children }: PanelProps) {
  return (
    <section className={classNames(styles.panel, className)} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {action !== undefined && <span className={styles.action}>{action}</span>}
      </header>
      <div className={padding === 'flush' ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
