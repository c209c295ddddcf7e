import type { LogEvent, LogSource } from '#shared/model/event.ts';
import { createEnricher } from '#main/enrich/enrich.ts';
import { detectFormat } from '#main/parse/formats.ts';
import type { ParsedEvent } from '#main/pipeline/parsing.ts';
import type { CaseEvent } from './suite.ts';

const CASE_LOGSOURCE: LogSource = { category: null, product: 'any', service: null };
/** Where the time of a case starts. */
const START_MS = Date.UTC(2025, 2, 10);

/** The events of a case, parsed where they are records and enriched as in the product. */
export function eventsOf(events: readonly CaseEvent[], logsource = CASE_LOGSOURCE): readonly LogEvent[] {
  const enrich = createEnricher();
  return events.map((event, index) => {
    const parsed = event.record === undefined ? stated(event, logsource) : read(event.record);
    return enrich(parsed, {
      id: String(index).padStart(26, '0'),
      observedTs: timeOf(event),
      source: 'json',
      sourceId: 'conformance',
      raw: null,
      evidence: null,
      peer: null,
    });
  });
}

function stated(event: CaseEvent, logsource: LogSource): ParsedEvent {
  return {
    eventTs: timeOf(event),
    severity: 9,
    host: '',
    message: event.message ?? '-',
    logsource: event.logsource ?? logsource,
    fields: event.fields,
    recordId: null,
    offset: 0,
    length: 0,
    flags: [],
  };
}

/** The one record of a text. Throws when no format reads it: the case is wrong then, not the engine. */
function read(record: string): ParsedEvent {
  const bytes = Buffer.from(record);
  const reader = detectFormat(bytes)?.open({ nowMs: START_MS });
  const [outcome] = reader === undefined ? [] : [...reader.push(bytes), ...reader.end()];
  if (outcome?.ok === true) return outcome.event;
  throw new Error(`No format reads the record: ${record}`);
}

function timeOf({ at = 0 }: CaseEvent): number {
  return typeof at === 'number' ? START_MS + at * 1000 : Date.parse(at);
}
