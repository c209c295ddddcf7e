import type { ResponseOf } from '#shared/contract/client.ts';
import type { CoverageCell } from '#shared/contract/coverage.ts';

export type Coverage = ResponseOf<'attackCoverage'>;

/** What the shade of a cell counts. */
export type CoverageMode = 'rules' | 'fired';

export interface TechniqueRow {
  readonly cell: CoverageCell;
  readonly subs: readonly CoverageCell[];
  /** What the shade shows: of the technique and of the sub-techniques folded into it. */
  readonly value: number;
  /** The sub-techniques are shown as cells of their own. */
  readonly isOpen: boolean;
}

export interface TacticColumn {
  readonly tactic: Coverage['tactics'][number];
  readonly rows: readonly TechniqueRow[];
}

export interface MatrixChoice {
  readonly mode: CoverageMode;
  readonly text: string;
  readonly onlyCovered: boolean;
  readonly allOpen: boolean;
  /** Keys (tactic and technique) of the techniques that somebody unfolded. */
  readonly open: ReadonlySet<string>;
}

/** Upper bounds of the shades, from one rule to many; roughly each three times the one before. */
const SHADE_BOUNDS = [1, 4, 14, 49] as const;

/** Shade of a count: 0 for nothing, then 1 to 5. */
export function shadeOf(value: number): number {
  if (value <= 0) return 0;
  const at = SHADE_BOUNDS.findIndex((bound) => value <= bound);
  return at < 0 ? SHADE_BOUNDS.length + 1 : at + 1;
}

/** Labels of the shades, for the legend. */
export const SHADE_LABELS = ['1', '2–4', '5–14', '15–49', '50+'] as const;

export function valueOf(cell: CoverageCell, mode: CoverageMode): number {
  return mode === 'rules' ? cell.enabled_count : cell.fired;
}

export function cellKey(cell: CoverageCell): string {
  return `${cell.tactic} ${cell.technique}`;
}

/** The grid as it is shown: tactics from left to right, techniques in the order of ATT&CK, filtered and folded. */
export function matrixOf(coverage: Coverage, choice: MatrixChoice): readonly TacticColumn[] {
  const byTactic = Map.groupBy(coverage.items, ({ tactic }) => tactic);
  return coverage.tactics.map((tactic) => {
    const cells = byTactic.get(tactic.tactic) ?? [];
    const subsOf = Map.groupBy(
      cells.filter(({ parent }) => parent !== null),
      ({ parent }) => parent ?? '',
    );
    const rows = cells
      .filter(({ parent }) => parent === null)
      .map((cell) => rowOf(cell, subsOf.get(cell.technique) ?? [], choice))
      .filter((row) => row !== null);
    return { tactic, rows };
  });
}

function rowOf(cell: CoverageCell, subs: readonly CoverageCell[], choice: MatrixChoice): TechniqueRow | null {
  const { mode, text, onlyCovered } = choice;
  const found = text === '' || isFound(cell, text);
  const kept = subs.filter(
    (sub) => (found || isFound(sub, text)) && (!onlyCovered || valueOf(sub, mode) > 0),
  );
  const value = subs.reduce((sum, sub) => sum + valueOf(sub, mode), valueOf(cell, mode));
  if (!found && kept.length === 0) return null;
  if (onlyCovered && value === 0) return null;
  const isOpen = choice.allOpen || choice.open.has(cellKey(cell)) || !found;
  return { cell, subs: kept, value, isOpen };
}

function isFound(cell: CoverageCell, text: string): boolean {
  const wanted = text.toLowerCase();
  return cell.technique.toLowerCase().startsWith(wanted) || cell.name.toLowerCase().includes(wanted);
}
