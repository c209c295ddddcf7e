import type { ResponseOf } from '#shared/contract/client.ts';
import type { CoverageCell } from '#shared/contract/coverage.ts';
import { addCounts, countsOf, NO_COUNTS } from './cell-counts.ts';
import { addGaps, gapOf, NO_GAPS, NO_MARKS, valueOf, type CellMarks, type FacedCell } from './cell-face.ts';
import type { MatrixChoice } from './coverage-choice.ts';

export type Coverage = ResponseOf<'attackCoverage'>;

/** What layers and threats say, by `cellKey`. */
export type MarksByCell = ReadonlyMap<string, CellMarks>;

export interface ShownCell extends FacedCell {
  readonly cell: CoverageCell;
}

export interface TechniqueRow extends ShownCell {
  /** All sub-techniques that pass the filters. */
  readonly subs: readonly ShownCell[];
  /** The sub-techniques are shown as cells of their own; otherwise counts and marks include theirs. */
  readonly isOpen: boolean;
}

export interface TacticColumn {
  readonly tactic: Coverage['tactics'][number];
  /** Techniques and sub-techniques with a rule that is on, and all of them. */
  readonly covered: number;
  readonly total: number;
  readonly rows: readonly TechniqueRow[];
}

export function cellKey({ tactic, technique }: Pick<CoverageCell, 'tactic' | 'technique'>): string {
  return `${tactic} ${technique}`;
}

/** The grid as it is shown: tactics from left to right, techniques in the order of ATT&CK, filtered and folded. */
export function matrixOf(
  coverage: Coverage,
  choice: MatrixChoice,
  marks: MarksByCell = new Map(),
): readonly TacticColumn[] {
  const shown = coverage.items.map((cell): ShownCell => {
    const counts = countsOf(cell, choice.rules);
    const own = marks.get(cellKey(cell)) ?? NO_MARKS;
    return { cell, counts, marks: own, gaps: gapOf(counts, own) };
  });
  const byTactic = Map.groupBy(shown, ({ cell }) => cell.tactic);
  return coverage.tactics.map((tactic) => {
    const own = byTactic.get(tactic.tactic) ?? [];
    const subsOf = Map.groupBy(
      own.filter(({ cell }) => cell.parent !== null),
      ({ cell }) => cell.parent ?? '',
    );
    const rows = own
      .filter(({ cell }) => cell.parent === null)
      .map((one) => {
        const subs = subsOf.get(one.cell.technique) ?? [];
        return rowOf(withSubs(one, subs), subs, choice);
      })
      .filter((row) => row !== null);
    const covered = own.filter(({ counts }) => counts.enabled > 0).length;
    return { tactic, covered, total: own.length, rows };
  });
}

function rowOf(own: ShownCell, subs: readonly ShownCell[], choice: MatrixChoice): TechniqueRow | null {
  const { text, onlyMarked } = choice;
  const hasValue = ({ counts, marks }: ShownCell): boolean => valueOf(counts, marks, choice) > 0;
  const isFoundItself = text === '' || isFound(own.cell, text);
  const kept = subs.filter(
    (sub) => (isFoundItself || isFound(sub.cell, text)) && (!onlyMarked || hasValue(sub)),
  );
  if (!isFoundItself && kept.length === 0) return null;
  if (onlyMarked && !hasValue(own) && kept.length === 0) return null;
  const isOpen = choice.allOpen || choice.open.has(cellKey(own.cell)) || !isFoundItself;
  return { ...(isOpen ? own : folded(own, subs)), subs: kept, isOpen };
}

/** Rules of any sub-technique meet the wish for the technique as such. */
function withSubs(own: ShownCell, subs: readonly ShownCell[]): ShownCell {
  const counts = [own, ...subs].map((one) => one.counts).reduce(addCounts, NO_COUNTS);
  return { ...own, gaps: gapOf(counts, own.marks) };
}

/** A technique that stands for its sub-techniques too. */
function folded(own: ShownCell, subs: readonly ShownCell[]): ShownCell {
  const all = [own, ...subs];
  const scores = all.flatMap(({ marks }) => marks.layerScore ?? []);
  return {
    cell: own.cell,
    counts: all.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS),
    marks: {
      wantedBy: [...new Set(all.flatMap(({ marks }) => marks.wantedBy))],
      layerScore: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0),
      comments: own.marks.comments,
    },
    gaps: all.map(({ gaps }) => gaps).reduce(addGaps, NO_GAPS),
  };
}

function isFound(cell: CoverageCell, text: string): boolean {
  const wanted = text.toLowerCase();
  return cell.technique.toLowerCase().startsWith(wanted) || cell.name.toLowerCase().includes(wanted);
}
