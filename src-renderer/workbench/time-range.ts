import { useMemo } from 'react';
import { useSearchParams, useSetSearch } from './search-params.ts';

/**
 * A range as the API takes it: `since` and `until` are relative ("24h") or ISO-8601, absent means open. No range
 * at all means all data: evidence is old more often than not, and a default window would hide it.
 */
export interface TimeRange {
  readonly since?: string;
  readonly until?: string;
}

export const RANGE_PRESETS = [
  { label: 'Last 15 minutes', short: '15 min', since: '15m' },
  { label: 'Last hour', short: '1 h', since: '1h' },
  { label: 'Last 4 hours', short: '4 h', since: '4h' },
  { label: 'Last 24 hours', short: '24 h', since: '24h' },
  { label: 'Last 7 days', short: '7 d', since: '7d' },
  { label: 'Last 30 days', short: '30 d', since: '30d' },
] as const;

/** The range of the address, the same for every screen, and its setter. */
export function useTimeRange(): {
  readonly range: TimeRange;
  readonly setRange: (range: TimeRange) => void;
} {
  const { since, until } = useSearchParams();
  const setSearch = useSetSearch();
  return useMemo(
    () => ({
      range: { ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
      setRange: (range) => {
        setSearch({ since: range.since, until: range.until });
      },
    }),
    [since, until, setSearch],
  );
}

export function isAllData(range: TimeRange): boolean {
  return range.since === undefined && range.until === undefined;
}

/** An absolute range between two moments, as a link should carry it. */
export function absoluteRange(fromMs: number, toMs: number): TimeRange {
  return { since: new Date(fromMs).toISOString(), until: new Date(toMs).toISOString() };
}

const RELATIVE = /^(\d+)([smhdw])$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Moment that a bound stands for, or null when it is neither relative nor a time. */
export function boundMs(bound: string, nowMs: number): number | null {
  const match = RELATIVE.exec(bound);
  if (match) return nowMs - Number(match[1]) * (UNIT_MS[match[2] ?? 's'] ?? 0);
  const at = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(bound) || bound.length <= 10 ? bound : `${bound}Z`);
  return Number.isNaN(at) ? null : at;
}
