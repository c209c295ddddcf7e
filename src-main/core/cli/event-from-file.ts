import { existsSync } from 'node:fs';
import { AppError } from '#shared/errors/app-error.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { createEnricher } from '../../enrich/enrich.ts';
import { planEvidence } from '../../ingest/evidence/plan.ts';
import { lastWritten } from '../evidence/last-written.ts';
import { readEvents } from '../evidence/read-events.ts';

/**
 * The event that `FILE` or `FILE:N` names: the N-th that can be read, from 1, of an evidence file of any format.
 * Throws `evidence_unreadable` when there is no such file or event.
 */
export async function eventFromFile(place: string): Promise<LogEvent> {
  const { path, number } = placeOf(place);
  const [input] = (await planEvidence([path])).inputs;
  if (input === undefined)
    throw new AppError('evidence_unreadable', { path, reason: 'there is no such file' });
  const writtenMs = lastWritten(path);
  const found = new AbortController();
  const counted: { events: number; event: LogEvent | null } = { events: 0, event: null };
  await readEvents(input, {
    enrich: createEnricher(),
    newId: () => String(counted.events),
    ...{ sourceId: 'explain', evidenceId: path, writtenMs, observedMs: writtenMs, signal: found.signal },
    onEvents: (events) => {
      counted.event ??= events[number - 1 - counted.events] ?? null;
      counted.events += events.length;
      if (counted.event !== null) found.abort();
    },
  });
  if (counted.event !== null) return counted.event;
  const reason = `it holds ${counted.events} events that can be read, and number ${number} was asked for`;
  throw new AppError('evidence_unreadable', { path, reason });
}

function placeOf(place: string): { readonly path: string; readonly number: number } {
  const [, path = '', number = ''] = /^(.+):(\d+)$/s.exec(place) ?? [];
  if (path === '' || existsSync(place)) return { path: place, number: 1 };
  return { path, number: Math.max(1, Number(number)) };
}
