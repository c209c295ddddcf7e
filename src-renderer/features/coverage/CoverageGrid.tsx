import { useRef, useState, type KeyboardEvent } from 'react';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { faceOf, valueOf } from './cell-face.ts';
import { nextCell } from './cell-keys.ts';
import type { MatrixChoice } from './coverage-choice.ts';
import { CoverageCell, Fold } from './CoverageCell.tsx';
import styles from './CoverageGrid.module.css';
import { cellKey, type ShownCell, type TacticColumn } from './matrix.ts';

interface CoverageGridProps {
  readonly columns: readonly TacticColumn[];
  readonly choice: MatrixChoice;
  readonly openTechnique: string | undefined;
  readonly onOpen: (technique: string) => void;
  readonly onToggle: (key: string) => void;
}

/**
 * Tactics as columns of techniques. One cell is in the tab order; arrows move between cells, Enter opens one, Space
 * folds and unfolds its sub-techniques.
 */
export function CoverageGrid({ columns, choice, openTechnique, onOpen, onToggle }: CoverageGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const nowMs = Date.now();
  const keys = columns.map(({ rows }) =>
    rows.flatMap((row) => [
      cellKey(row.cell),
      ...(row.isOpen ? row.subs.map(({ cell }) => cellKey(cell)) : []),
    ]),
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
  const cellProps = (shown: ShownCell) => ({
    shown,
    face: faceOf(shown, { ...choice, nowMs }),
    isDimmed: valueOf(shown.counts, shown.marks, choice) === 0,
    isCurrent: cellKey(shown.cell) === current,
    isOpenInFlyout: shown.cell.technique === openTechnique,
    onFocus: () => setFocusedKey(cellKey(shown.cell)),
    onOpen: () => onOpen(shown.cell.technique),
  });
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="group"
      aria-label="Techniques by tactic"
      data-mode={choice.mode}
      onKeyDown={onKeyDown}
    >
      {columns.map(({ tactic, covered, total, rows }) => (
        <section key={tactic.id} className={styles.column} aria-label={tactic.name}>
          <header className={styles.tactic}>
            <h2 title={`${tactic.name} ${tactic.id}`}>{tactic.name}</h2>
            <p
              title={`${formatCount(covered)} of ${formatNoun(total, 'technique')} and sub-techniques with an enabled rule`}
            >
              {formatCount(covered)} / {formatCount(total)}
            </p>
          </header>
          <ul className={styles.cells}>
            {rows.map((row) => (
              <li key={row.cell.technique}>
                <CoverageCell
                  {...cellProps(row)}
                  fold={<Fold row={row} onToggle={() => onToggle(cellKey(row.cell))} />}
                />
                {row.isOpen && row.subs.length > 0 && (
                  <ul className={styles.subs} aria-label={`Sub-techniques of ${row.cell.name}`}>
                    {row.subs.map((sub) => (
                      <li key={sub.cell.technique}>
                        <CoverageCell {...cellProps(sub)} />
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
