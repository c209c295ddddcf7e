import type { ResponseOf } from '#shared/contract/client.ts';
import { NO_MARKS, type CellMarks } from './cell-face.ts';
import { cellKey, type Coverage, type MarksByCell } from './matrix.ts';

interface MarkSources {
  readonly coverage: Coverage;
  readonly overlay: ResponseOf<'layerOverlay'> | undefined;
  readonly wanted: ResponseOf<'threatTechniques'> | undefined;
  /** Name of a group or software by its id. */
  readonly nameOf: (threat: string) => string;
}

/** What the chosen layers and threats say of each cell. */
export function marksOf({ coverage, overlay, wanted, nameOf }: MarkSources): MarksByCell {
  const marks = new Map<string, CellMarks>();
  const threatsOf = new Map(wanted?.items.map(({ technique, threats }) => [technique, threats]));
  for (const cell of coverage.items) {
    const threats = threatsOf.get(cell.technique);
    if (threats !== undefined) marks.set(cellKey(cell), { ...NO_MARKS, wantedBy: threats.map(nameOf) });
  }
  const layerNames = overlay?.layers.map(({ name }) => name).join(' and ') ?? '';
  for (const { tactic, technique, score, comments } of overlay?.items ?? []) {
    const key = cellKey({ tactic, technique });
    const known = marks.get(key) ?? NO_MARKS;
    marks.set(key, { wantedBy: [...known.wantedBy, layerNames], layerScore: score, comments });
  }
  return marks;
}
