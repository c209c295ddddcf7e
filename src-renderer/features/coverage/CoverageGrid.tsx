import { ChevronDown, ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { CoverageCell } from '#shared/contract/coverage.ts';
import { formatCompact, formatCount, formatNoun } from '../../lib/numbers.ts';
import { nextCell } from './cell-keys.ts';
import styles from './CoverageGrid.module.css';
import {
  cellKey,
  shadeOf,
  valueOf,
  type CoverageMode,
  type TacticColumn,
  type TechniqueRow,
} from './matrix.ts';

interface CoverageGridProps {
  readonly columns: readonly TacticColumn[];
  readonly mode: CoverageMode;
  readonly openTechnique: string | undefined;
  readonly onOpen: (technique: string) => void;
  readonly onToggle: (key: string) => void;
}

/**
 * Tactics as columns of techniques. One cell is in the tab order; arrows move between cells, Enter opens one, Space
 * folds and unfolds its sub-techniques.
 */
export function CoverageGrid({ columns, mode, openTechnique, onOpen, onToggle }: CoverageGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const keys = columns.map(({ rows }) =>
    rows.flatMap((row) => [cellKey(row.cell), ...(row.isOpen ? row.subs.map(cellKey) : [])]),
  );
  const current =
    focusedKey !== null && keys.some((column) => column.includes(focusedKey))
      ? focusedKey
      : keys.find((column) => column.length > 0)?.[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (current === undefined) return;
    const next = nextCell(keys, current, event.key);
    if (next !== null) {
      setFocusedKey(next);
      grid.current?.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
    } else if (event.key === ' ') onToggle(current);
    else return;
    event.preventDefault();
  };
  const cellProps = (cell: CoverageCell) => ({
    cell,
    mode,
    isCurrent: cellKey(cell) === current,
    isOpenInFlyout: cell.technique === openTechnique,
    onFocus: () => setFocusedKey(cellKey(cell)),
    onOpen: () => onOpen(cell.technique),
  });
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="group"
      aria-label="Techniques by tactic"
      data-mode={mode}
      onKeyDown={onKeyDown}
    >
      {columns.map(({ tactic, rows }) => (
        <section key={tactic.id} className={styles.column} aria-label={tactic.name}>
          <header className={styles.tactic}>
            <h2 title={`${tactic.name} ${tactic.id}`}>{tactic.name}</h2>
            <p
              title={`${formatCount(tactic.covered_count)} of ${formatNoun(tactic.technique_count, 'technique')} with an enabled rule`}
            >
              {formatCount(tactic.covered_count)} / {formatCount(tactic.technique_count)}
            </p>
          </header>
          <ul className={styles.cells}>
            {rows.map((row) => (
              <li key={row.cell.technique}>
                <Cell
                  {...cellProps(row.cell)}
                  value={row.isOpen ? valueOf(row.cell, mode) : row.value}
                  fold={<Fold row={row} onToggle={() => onToggle(cellKey(row.cell))} />}
                />
                {row.isOpen && row.subs.length > 0 && (
                  <ul className={styles.subs} aria-label={`Sub-techniques of ${row.cell.name}`}>
                    {row.subs.map((sub) => (
                      <li key={sub.technique}>
                        <Cell {...cellProps(sub)} value={valueOf(sub, mode)} />
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface CellProps {
  readonly cell: CoverageCell;
  readonly value: number;
  readonly mode: CoverageMode;
  readonly isCurrent: boolean;
  readonly isOpenInFlyout: boolean;
  readonly fold?: React.ReactNode;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

function Cell({ cell, value, mode, isCurrent, isOpenInFlyout, fold, onFocus, onOpen }: CellProps) {
  const counted = formatNoun(value, mode === 'rules' ? 'enabled rule' : 'fire');
  return (
    <div
      className={`${styles.cell ?? ''} ${styles.shade ?? ''}`}
      data-shade={shadeOf(value)}
      data-open={isOpenInFlyout}
    >
      <button
        type="button"
        className={styles.open}
        data-key={cellKey(cell)}
        tabIndex={isCurrent ? 0 : -1}
        aria-label={`${cell.technique} ${cell.name}, ${counted}`}
        title={`${cell.technique} ${cell.name}\n${counted}`}
        onFocus={onFocus}
        onClick={onOpen}
      >
        <span className={styles.name}>{cell.name}</span>
        {value > 0 && <span className={styles.value}>{formatCompact(value)}</span>}
      </button>
      {fold}
    </div>
  );
}

function Fold({ row, onToggle }: { readonly row: TechniqueRow; readonly onToggle: () => void }) {
  if (row.subs.length === 0) return null;
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  const label = `${row.isOpen ? 'Fold' : 'Show'} ${formatNoun(row.subs.length, 'sub-technique')} of ${row.cell.name}`;
  return (
    <button
      type="button"
      className={styles.fold}
      tabIndex={-1}
      aria-expanded={row.isOpen}
      aria-label={label}
      title={`${label} · Space`}
      onClick={onToggle}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
