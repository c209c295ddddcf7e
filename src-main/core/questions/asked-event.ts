import { AppError } from '#shared/errors/app-error.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { createEnricher } from '../../enrich/enrich.ts';
import { jsonFormat } from '../../parse/json/json-format.ts';
import type { AskedEvent } from '../../pipeline/rule-questions.ts';

/** An event that nobody stored carries this id. */
const UNSTORED_ID = '00000000000000000000000000';

const enrich = createEnricher();

/**
 * The event that a question is about. A record takes the way of every JSON record: read as bytes, recognised by its
 * shape, enriched; a stated logsource is what its format would have stated. Throws `bad_request` for a record that
 * reading refuses.
 *
 * @param nowMs time of observation of a record, and its time where it states none.
 */
export function askedEvent(asked: AskedEvent, nowMs: number): LogEvent {
  if (asked.kind === 'stored') return asked.event;
  const reader = jsonFormat.open({ nowMs });
  const bytes = Buffer.from(JSON.stringify(asked.record));
  const [outcome] = [...reader.push(bytes), ...reader.end()];
  if (outcome === undefined) throw new AppError('bad_request', { reason: 'event: the record is empty' });
  if (!outcome.ok) throw new AppError('bad_request', { reason: `event: ${outcome.rejection.detail}` });
  const { event } = outcome;
  const logsource = { ...event.logsource, ...asked.logsource };
  return enrich(
    { ...event, logsource },
    {
      id: UNSTORED_ID,
      observedTs: nowMs,
      source: 'json',
      sourceId: 'question',
      raw: bytes,
      evidence: null,
      peer: null,
    },
  );
}
