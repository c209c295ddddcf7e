import { useState } from 'react';
import type { z } from 'zod';
import type { entity } from '#shared/contract/primitives.ts';
import styles from './EntityChips.module.css';
import { HostileText } from './HostileText.tsx';
import { PivotMenu, type PivotTarget } from './PivotMenu.tsx';

export interface EntityChipsProps {
  readonly entities: readonly z.output<typeof entity>[];
  /** Record that they belong to: its time and host are what the menu pivots around. */
  readonly timeMs: number;
  readonly host?: string | undefined;
  readonly row: unknown;
  /** Opens the pivot menu of the screen around, which knows its query; without it the chips bring their own. */
  readonly onPivot?: (target: PivotTarget) => void;
}

/** The things that a record is about; each opens the pivot menu. */
export function EntityChips({ entities, timeMs, host, row, onPivot }: EntityChipsProps) {
  const [pivot, setPivot] = useState<PivotTarget | null>(null);
  return (
    <div className={styles.chips}>
      {entities.map(({ type, value, uuid }) => (
        <button
          key={uuid + value}
          type="button"
          className={styles.chip}
          aria-haspopup="menu"
          onClick={(click) =>
            (onPivot ?? setPivot)({ field: 'entity', value, timeMs, row, host, anchor: click.currentTarget })
          }
        >
          <span className={styles.type}>{type}</span>
          <HostileText text={value} maxLength={56} />
        </button>
      ))}
      <PivotMenu target={pivot} query="" onClose={() => setPivot(null)} />
    </div>
  );
}
