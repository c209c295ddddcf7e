import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { AttackLayer } from './attack-layer.ts';
import type { Score } from './score-expression.ts';

/** One cell that a layer says something about. */
export interface OverlayCell {
  readonly tactic: string;
  readonly technique: string;
  /** Null where no layer gives the cell a score. */
  readonly score: number | null;
  /** What the layers say of it, each after its layer's name. */
  readonly comments: readonly string[];
}

interface Marks {
  readonly technique: string;
  readonly tactic: string;
  readonly scores: Map<string, number>;
  readonly comments: string[];
}

/** Letter of the layer at `index` of a selection. */
export function letterOf(index: number): string {
  return String.fromCharCode(97 + index);
}

/** Lays layers over one another. A layer without a score for a cell counts 0 where another has one. */
export function overlayOf(
  layers: readonly AttackLayer[],
  score: Score,
  catalogue: AttackCatalogue,
): OverlayCell[] {
  const cells = new Map<string, Marks>();
  for (const [index, layer] of layers.entries()) {
    for (const entry of layer.entries) {
      if (!entry.enabled) continue;
      const tactics =
        entry.tactic === null ? (catalogue.technique(entry.technique)?.tactics ?? []) : [entry.tactic];
      for (const tactic of tactics) {
        const marks = marksOf(cells, tactic, entry.technique);
        if (entry.score !== null) marks.scores.set(letterOf(index), entry.score);
        if (entry.comment !== '') marks.comments.push(`${layer.name}: ${entry.comment}`);
      }
    }
  }
  return [...cells.values()].map(({ technique, tactic, scores, comments }) => ({
    tactic,
    technique,
    score: scores.size === 0 ? null : score((letter) => scores.get(letter) ?? 0),
    comments,
  }));
}

function marksOf(cells: Map<string, Marks>, tactic: string, technique: string): Marks {
  const key = `${tactic} ${technique}`;
  const marks = cells.get(key) ?? { technique, tactic, scores: new Map<string, number>(), comments: [] };
  cells.set(key, marks);
  return marks;
}
