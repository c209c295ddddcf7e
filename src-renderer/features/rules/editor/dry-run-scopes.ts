import type { ImportWire } from '#shared/contract/imports.ts';
import type { RequestOf } from '#shared/contract/client.ts';

interface Scope {
  readonly value: string;
  readonly label: string;
}

const DAY_MS = 86_400_000;
const IMPORT = 'import:';

const SPANS: readonly Scope[] = [
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: 'all', label: 'All stored events' },
];

/** Stretches of time, then the newest imports that hold events. */
export function scopes(imports: readonly ImportWire[]): readonly Scope[] {
  return [
    ...SPANS,
    ...imports
      .filter(({ report }) => report.events > 0)
      .map(({ id, paths }) => ({ value: IMPORT + id, label: `Import of ${fileName(paths[0] ?? id)}` })),
  ];
}

/** The last day when it has events, else everything: evidence is rarely of today. */
export function firstScope(lastEventTs: string | null, nowMs: number): string {
  return lastEventTs !== null && nowMs - Date.parse(lastEventTs) < DAY_MS ? '24h' : 'all';
}

export function scopeQuery(
  scope: string,
): Pick<NonNullable<RequestOf<'dryRunRule'>['body']>, 'since' | 'import_id'> {
  if (scope.startsWith(IMPORT)) return { import_id: scope.slice(IMPORT.length) };
  return { since: scope === 'all' ? '1970-01-01T00:00:00Z' : scope };
}

function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
