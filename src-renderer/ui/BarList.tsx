import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatCount } from '../lib/numbers.ts';
import type { ScreenLink } from '../workbench/links.ts';
import styles from './BarList.module.css';

export interface BarItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  readonly link: ScreenLink;
}

/** Names with counts and bars to compare them, most first; each leads to its list. */
export function BarList({ items, label }: { readonly items: readonly BarItem[]; readonly label: string }) {
  const most = Math.max(1, ...items.map((item) => item.count));
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.key}>
          <Link {...item.link} className={styles.item}>
            <span className={styles.label}>{item.label}</span>
            <span className={styles.count}>{formatCount(item.count)}</span>
            <span className={styles.bar} style={{ width: `${(item.count / most) * 100}%` }} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
