import type { Detection } from '#shared/model/alert.ts';
import type { Fields, LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';

/** One line of scan output: a rule, the event that it matched, and why. Keys are those of the output. */
export interface ScanMatch {
  readonly rule_id: string;
  readonly title: string;
  readonly level: Level;
  readonly author: string;
  readonly tags: readonly string[];
  /** UTC, ISO-8601 with milliseconds. */
  readonly event_ts: string;
  /** Path as given; `archive.zip!member` inside an archive. */
  readonly source_file: string;
  readonly record_id: number | null;
  readonly channel: string | null;
  readonly computer: string;
  /** Selection name, then field name, then the event's value. */
  readonly matched: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly event: Fields;
}

/** The output line of one detection in its event. */
export function toScanMatch(detection: Detection, event: LogEvent): ScanMatch {
  const channel = event.fields.Channel;
  return {
    rule_id: detection.ruleId,
    title: detection.title,
    level: detection.level,
    author: detection.author,
    tags: detection.tags,
    event_ts: new Date(event.eventTs).toISOString(),
    source_file: event.evidence?.path ?? event.sourceId,
    record_id: event.evidence?.recordId ?? null,
    channel: typeof channel === 'string' ? channel : null,
    computer: event.host,
    matched: Object.fromEntries(
      detection.matched.map(({ selection, fields }) => [
        selection,
        Object.fromEntries(fields.map(({ field, value }) => [field, value])),
      ]),
    ),
    event: event.fields,
  };
}
