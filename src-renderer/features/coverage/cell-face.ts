import { visible } from '#shared/text/visible.ts';
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

/** Wanted cells, and those of them without a rule that is on, or without data. More than one when folded. */
export interface GapTally {
  readonly wanted: number;
  readonly missing: number;
  readonly blind: number;
}

export const NO_GAPS: GapTally = { wanted: 0, missing: 0, blind: 0 };

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
  readonly gaps: GapTally;
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

export function faceOf({ counts, marks, gaps }: FacedCell, options: FaceOptions): CellFace {
  const gap = options.mode === 'gap' ? worstOf(gaps) : null;
  const ago = counts.lastFired === '' ? '' : formatAgo(Date.parse(counts.lastFired), options.nowMs);
  return {
    shade: shadeIn(counts, gap, options),
    isStriped: gap === 'blind' || (counts.total > 0 && counts.withData === 0),
    gap,
    ratio: counts.total === 0 ? '' : `${formatCompact(counts.enabled)}/${formatCompact(counts.total)}`,
    note: gap === null ? ago : gapWords(gaps),
    sentence: sentenceOf(counts, marks, ago),
  };
}

/** The gap of one cell; null when nobody wants it. */
export function gapOf(counts: CellCounts, { wantedBy }: CellMarks): GapTally {
  const isWanted = wantedBy.length > 0;
  return {
    wanted: Number(isWanted),
    missing: Number(isWanted && counts.enabled === 0),
    blind: Number(isWanted && counts.enabled > 0 && counts.ready === 0),
  };
}

export function addGaps(left: GapTally, right: GapTally): GapTally {
  return {
    wanted: left.wanted + right.wanted,
    missing: left.missing + right.missing,
    blind: left.blind + right.blind,
  };
}

/** The state that most needs work. */
function worstOf({ wanted, missing, blind }: GapTally): GapState | null {
  if (wanted === 0) return null;
  if (missing > 0) return 'missing';
  return blind > 0 ? 'blind' : 'met';
}

/** "no rule on" for one cell, "2 of 5 no rule on" for cells folded into one. */
function gapWords(tally: GapTally): string {
  const state = worstOf(tally);
  if (state === null) return '';
  if (state === 'met' || tally.wanted === 1) return GAP_WORDS[state];
  return `${String(tally[state])} of ${String(tally.wanted)} ${GAP_WORDS[state]}`;
}

export const GAP_WORDS: Readonly<Record<GapState, string>> = {
  missing: 'no rule on',
  blind: 'no data',
  met: 'covered',
};

/** What the mode counts; cells with 0 are what "only" hides. */
export function valueOf(
  counts: CellCounts,
  marks: CellMarks,
  { mode, window }: Omit<FaceOptions, 'nowMs'>,
): number {
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
    .flatMap((text) => text.split('\n'))
    .filter(Boolean)
    .map(visible)
    .join('\n');
}
