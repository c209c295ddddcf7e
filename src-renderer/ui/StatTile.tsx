import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScreenLink } from '../workbench/links.ts';
import styles from './StatTile.module.css';

export interface StatTileProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  /** Window and change: "1 min, +12 %". A number without it says nothing. */
  readonly context: ReactNode;
  /** Sparkline, bar or list under the number. */
  readonly children?: ReactNode;
  /** The filtered list behind the number. */
  readonly link?: ScreenLink;
  /** The connection is down: the value is of that moment and is greyed. */
  readonly asOf?: string | undefined;
}

/** One number with its unit, window and change, and a link to what it counts. */
export function StatTile({ label, value, unit, context, children, link, asOf }: StatTileProps) {
  return (
    <div className={styles.tile} data-stale={asOf !== undefined} role="group" aria-label={label}>
      <h2 className={styles.label}>{link === undefined ? label : <Link {...link}>{label}</Link>}</h2>
      <p className={styles.number}>
        <span className={styles.value}>{value}</span>
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </p>
      <p className={styles.context}>{asOf === undefined ? context : `as of ${asOf}`}</p>
      {children}
    </div>
  );
}
