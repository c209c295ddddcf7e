import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { formatNoun } from '../../lib/numbers.ts';
import type { CellFace } from './cell-face.ts';
import styles from './CoverageGrid.module.css';
import { cellKey, type ShownCell, type TechniqueRow } from './matrix.ts';
import { namePieces } from './name-pieces.ts';

interface CoverageCellProps {
  readonly shown: ShownCell;
  readonly face: CellFace;
  readonly isDimmed: boolean;
  readonly isCurrent: boolean;
  readonly isOpenInFlyout: boolean;
  readonly fold?: ReactNode;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

/** One technique under one tactic: id, rules on and all, name, last fire or what is missing, layer score. */
export function CoverageCell(props: CoverageCellProps) {
  const { shown, face, isDimmed, isCurrent, isOpenInFlyout, fold, onFocus, onOpen } = props;
  const { cell, marks } = shown;
  const isMarked = marks.wantedBy.length > 0;
  return (
    <div
      className={`${styles.cell ?? ''} ${styles.shade ?? ''}`}
      data-shade={face.shade}
      data-gap={face.gap ?? undefined}
      data-striped={face.isStriped}
      data-dimmed={isDimmed}
      data-marked={isMarked}
      data-open={isOpenInFlyout}
    >
      <button
        type="button"
        className={styles.open}
        data-key={cellKey(cell)}
        tabIndex={isCurrent ? 0 : -1}
        aria-label={`${cell.technique} ${cell.name}, ${face.sentence.replaceAll('\n', ', ')}`}
        title={`${cell.technique} ${cell.name}\n${face.sentence}`}
        onFocus={onFocus}
        onClick={onOpen}
      >
        <span className={styles.head}>
          <span className={styles.id}>{cell.technique}</span>
          <span className={styles.ratio}>{face.ratio}</span>
        </span>
        <span className={styles.name}>
          {namePieces(cell.name).map((piece, index) => (
            <Fragment key={`${index} ${piece}`}>
              {index > 0 && <wbr />}
              {piece}
            </Fragment>
          ))}
        </span>
        {(face.note !== '' || marks.layerScore !== null) && (
          <span className={styles.note}>
            <span>{face.note}</span>
            {marks.layerScore !== null && <span className={styles.score}>{marks.layerScore}</span>}
          </span>
        )}
      </button>
      {fold}
    </div>
  );
}

interface FoldProps {
  readonly row: TechniqueRow;
  readonly onToggle: () => void;
}

/** Shows and hides the sub-techniques of a cell. */
export function Fold({ row, onToggle }: FoldProps) {
  if (row.subs.length === 0) return null;
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  const count = formatNoun(row.subs.length, 'sub-technique');
  return (
    <button
      type="button"
      className={styles.fold}
      tabIndex={-1}
      aria-expanded={row.isOpen}
      aria-label={`${row.isOpen ? 'Fold' : 'Show'} ${count} of ${row.cell.name}`}
      title={`${row.isOpen ? 'Fold' : 'Show'} ${count} · Space`}
      onClick={onToggle}
    >
      <Icon aria-hidden="true" />
      {row.subs.length} sub
    </button>
  );
}
