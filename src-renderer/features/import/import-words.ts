import type { ImportWire } from '#shared/contract/imports.ts';
import { formatBytes, formatCount, formatNoun, formatRate } from '../../lib/numbers.ts';
import { formatSpan } from '../../lib/time.ts';

export type FileOutcome = ImportWire['report']['files'][number]['outcome'];

/** The outcomes in the order in which a report counts them; "empty" is not "failed" (IMP-4). */
export const OUTCOMES: readonly FileOutcome[] = [
  'ok',
  'partly_read',
  'empty',
  'duplicate',
  'failed',
  'cancelled',
];

export const OUTCOME_WORDS: Readonly<Record<FileOutcome, string>> = {
  ok: 'read',
  partly_read: 'partly read',
  empty: 'empty',
  duplicate: 'imported before',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const STATE_WORDS: Readonly<Record<ImportWire['state'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
  undone: 'Undone',
};

export function isActive({ state }: Pick<ImportWire, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Last part of a path of either kind of system. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** "Security.evtx", "Security.evtx and 3 more". */
export function importName({ paths }: Pick<ImportWire, 'paths'>): string {
  const [first, ...rest] = paths;
  if (first === undefined) return 'Import';
  return rest.length === 0 ? baseName(first) : `${baseName(first)} and ${formatCount(rest.length)} more`;
}

/** How many files ended how: "3 files read, 1 empty". Outcomes without a file are left out. */
export function outcomeSummary(files: ImportWire['report']['files']): string {
  const parts = OUTCOMES.flatMap((outcome) => {
    const count = files.filter((file) => file.outcome === outcome).length;
    return count === 0 ? [] : [`${formatCount(count)} ${OUTCOME_WORDS[outcome]}`];
  });
  return parts.length === 0 ? 'no files' : parts.join(', ');
}

/** "1.2 MiB of 4.0 MiB · 45,200 events · 8,200 ev/s · about 12 s left". */
export function progressText(progress: NonNullable<ImportWire['progress']>): string {
  return [
    `${formatBytes(progress.bytes_done)} of ${formatBytes(progress.bytes_total)}`,
    formatNoun(progress.events, 'event'),
    progress.rejected > 0 ? `${formatCount(progress.rejected)} not understood` : '',
    formatRate(progress.events_per_second),
    progress.eta_seconds === null ? '' : `about ${formatSpan(progress.eta_seconds * 1000)} left`,
  ]
    .filter(Boolean)
    .join(' · ');
}
