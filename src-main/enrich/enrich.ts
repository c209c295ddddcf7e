import type { LogEvent } from '#shared/model/event.ts';
import type { Enrich } from '../pipeline/enriching.ts';
import { createEntityExtractor } from './entities/extract.ts';
import { mapFields } from './field-map/map-fields.ts';
import { resolveLogSource } from './logsource/resolve.ts';

/** Window around the time of observation within which a stated time is believed (reliability T5). */
const YEARS_BACK_MS = 10 * 365.25 * 24 * 60 * 60 * 1000;
const DAYS_AHEAD_MS = 24 * 60 * 60 * 1000;

const TIME_ASSUMED = 'time_assumed';
const TIME_SUSPECT = 'time_suspect';

function withFlag(flags: readonly string[], flag: string): readonly string[] {
  return flags.includes(flag) ? flags : [...flags, flag];
}

/** Flags of the event's time. Without a usable one the time of observation stands in for it. */
function timeFlags(flags: readonly string[], eventTs: number | null, observedTs: number): readonly string[] {
  if (eventTs === null) return withFlag(flags, TIME_ASSUMED);
  const believable = eventTs >= observedTs - YEARS_BACK_MS && eventTs <= observedTs + DAYS_AHEAD_MS;
  return believable ? flags : withFlag(flags, TIME_SUSPECT);
}

/**
 * Makes the enricher of one worker. The function it returns is pure but for its memory of texts already turned
 * into entities; it neither throws on any parsed record nor changes it.
 */
export function createEnricher(): Enrich {
  const entities = createEntityExtractor();
  return (parsed, origin): LogEvent => {
    const logsource = resolveLogSource(parsed);
    const mapped = mapFields(parsed, logsource);
    return {
      id: origin.id,
      eventTs: parsed.eventTs ?? origin.observedTs,
      observedTs: origin.observedTs,
      source: origin.source,
      sourceId: origin.sourceId,
      severity: parsed.severity,
      host: parsed.host,
      message: parsed.message,
      logsource,
      fields: parsed.fields,
      mapped,
      entities: entities.extract(parsed, mapped, logsource),
      attack: null,
      raw: origin.raw,
      evidence: origin.evidence,
      peer: origin.peer,
      flags: timeFlags(parsed.flags, parsed.eventTs, origin.observedTs),
    };
  };
}
