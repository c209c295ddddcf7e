import { formatCompact, formatNoun } from '../../lib/numbers.ts';
import { formatAgo } from '../../lib/time.ts';
import type { CellCounts } from './cell-counts.ts';
import type { CoverageMode, FiredWindow } from './coverage-choice.ts';

/** What a chosen group, software or layer says of a cell. */
export interface CellMarks {
  /** Names of the threats that use it, and of the layers that mark it. */
  readonly wantedBy: readonly string[];
  /** Result of the layers' expression; null without a score. */
  readonly layerScore: number | null;
  readonly comments: readonly string[];
}

export const NO_MARKS: CellMarks = { wantedBy: [], layerScore: null, comments: [] };

/** Wanted, and what stands against it: nothing, rules without data, or rules that can fire. */
export type GapState = 'missing' | 'blind' | 'met';

/** How a cell looks. */
export interface CellFace {
  /** 0 for nothing, then 1 to 5. */
  readonly shade: number;
  /** There are rules, and none of their log sources sends anything. */
  readonly isStriped: boolean;
  readonly gap: GapState | null;
  /** Enabled and all rules: "3/5"; empty without rules. */
  readonly ratio: string;
  /** Last line: when it fired, what is missing. */
  readonly note: string;
  /** Everything as a sentence, for readers and tooltips. */
  readonly sentence: string;
}

export interface FacedCell {
  readonly counts: CellCounts;
  readonly marks: CellMarks;
  readonly wantedGap: GapState | null;
}

export interface FaceOptions {
  readonly mode: CoverageMode;
  readonly window: FiredWindow;
  /** UTC epoch milliseconds. */
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;

/** Oldest last fire of shades 5 to 2, for the recency window; what is older has shade 1. */
const RECENCY_BOUNDS_MS = [24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS, 365 * 24 * HOUR_MS] as const;

/** Upper bounds of the shades, from one rule to many; roughly each three times the one before. */
const SHADE_BOUNDS = [1, 4, 14, 49] as const;

/** Shade of a count: 0 for nothing, then 1 to 5. */
export function shadeOf(value: number): number {
  if (value <= 0) return 0;
  const at = SHADE_BOUNDS.findIndex((bound) => value <= bound);
  return at < 0 ? SHADE_BOUNDS.length + 1 : at + 1;
}

/** Labels of the shades 1 to 5, for the legend. */
export const SHADE_LABELS = ['1', '2–4', '5–14', '15–49', '50+'] as const;
export const RECENCY_LABELS = ['older', '1 year', '30 days', '7 days', '24 hours'] as const;

/** `wantedGap` is the cell's gap, or the worst of those folded into it. */
export function faceOf(
  { counts, marks, wantedGap }: FacedCell,
  options: FaceOptions,
): CellFace {
  const gap = options.mode === 'gap' ? wantedGap : null;
  const ago = counts.lastFired === '' ? '' : formatAgo(Date.parse(counts.lastFired), options.nowMs);
  return {
    shade: shadeIn(counts, gap, options),
    isStriped: counts.total > 0 && counts.withData === 0,
    gap,
    ratio: counts.total === 0 ? '' : `${formatCompact(counts.enabled)}/${formatCompact(counts.total)}`,
    note: gap === null ? ago : GAP_WORDS[gap],
    sentence: sentenceOf(counts, marks, ago),
  };
}

/** Null when nobody wants the cell. */
export function gapOf(counts: CellCounts, { wantedBy }: CellMarks): GapState | null {
  if (wantedBy.length === 0) return null;
  if (counts.enabled === 0) return 'missing';
  return counts.ready === 0 ? 'blind' : 'met';
}

/** The gap that most needs work. */
export function worstGap(gaps: readonly (GapState | null)[]): GapState | null {
  return (['missing', 'blind', 'met'] as const).find((state) => gaps.includes(state)) ?? null;
}

export const GAP_WORDS: Readonly<Record<GapState, string>> = {
  missing: 'no rule on',
  blind: 'no data',
  met: 'covered',
};

/** What the mode counts; cells with 0 are what "only" hides. */
export function valueOf(counts: CellCounts, marks: CellMarks, { mode, window }: Omit<FaceOptions, 'nowMs'>): number {
  switch (mode) {
    case 'rules':
      return counts.enabled;
    case 'data':
      return counts.ready;
    case 'gap':
      return marks.wantedBy.length;
    case 'fired':
      if (window === '24h') return counts.firedDay;
      return window === '7d' ? counts.firedWeek : counts.fired;
  }
}

function shadeIn(counts: CellCounts, gap: GapState | null, options: FaceOptions): number {
  if (options.mode === 'gap') return gap === 'met' ? shadeOf(counts.ready) : 0;
  if (options.mode !== 'fired' || options.window !== 'recency') {
    return shadeOf(valueOf(counts, NO_MARKS, options));
  }
  if (counts.lastFired === '') return 0;
  const ageMs = options.nowMs - Date.parse(counts.lastFired);
  const at = RECENCY_BOUNDS_MS.findIndex((bound) => ageMs <= bound);
  return at < 0 ? 1 : 5 - at;
}

function sentenceOf(counts: CellCounts, { wantedBy, layerScore, comments }: CellMarks, ago: string): string {
  const rules =
    counts.total === 0
      ? 'no rule'
      : `${String(counts.enabled)} of ${formatNoun(counts.total, 'rule')} on, ${String(counts.withData)} with data`;
  const fired = ago === '' ? 'never fired' : `fired ${formatNoun(counts.fired, 'time')}, last ${ago}`;
  const wanted = wantedBy.length === 0 ? '' : `in ${wantedBy.join(', ')}`;
  const score = layerScore === null ? '' : `layer score ${String(layerScore)}`;
  return [rules, counts.total === 0 && ago === '' ? '' : fired, wanted, score, ...comments]
    .filter(Boolean)
    .join('\n');
}
