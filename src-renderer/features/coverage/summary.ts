import { valueOf } from './cell-face.ts';
import type { MatrixChoice } from './coverage-choice.ts';
import type { TacticColumn } from './matrix.ts';

/** How many techniques of the matrix the mode has something to say of; each counts once, whatever tactics it has. */
export interface Summary {
  readonly techniques: number;
  readonly marked: number;
  readonly wanted: number;
  readonly missing: number;
  readonly blind: number;
}

/** Of columns that are neither filtered nor folded. */
export function summaryOf(columns: readonly TacticColumn[], choice: MatrixChoice): Summary {
  const cells = columns.flatMap(({ rows }) => rows.flatMap((row) => [row, ...row.subs]));
  const where = (test: (cell: (typeof cells)[number]) => boolean): number =>
    new Set(cells.filter(test).map(({ cell }) => cell.technique)).size;
  return {
    techniques: where(() => true),
    marked: where(({ counts, marks }) => valueOf(counts, marks, choice) > 0),
    wanted: where(({ gaps }) => gaps.wanted > 0),
    missing: where(({ gaps }) => gaps.missing > 0),
    blind: where(({ gaps }) => gaps.blind > 0),
  };
}
