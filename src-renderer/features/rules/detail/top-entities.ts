import type { AlertWire } from '#shared/contract/alerts.ts';

interface EntityGroup {
  readonly type: string;
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** Enough to see what stands out. */
const SHOWN_VALUES = 5;

/** The entities of alerts by type, each with the number of fires it was part of. */
export function topEntities(
  alerts: readonly Pick<AlertWire, 'entities' | 'count'>[],
): readonly EntityGroup[] {
  const byType = new Map<string, Map<string, number>>();
  for (const { entities, count } of alerts) {
    for (const { type, value } of entities) {
      const values = byType.get(type) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + count);
      byType.set(type, values);
    }
  }
  return [...byType]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, values]) => ({
      type,
      values: [...values]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, SHOWN_VALUES),
    }));
}
