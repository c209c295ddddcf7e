import type { Detection } from '#shared/model/alert.ts';
import type { Fields, LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';

/** Where an event stands in the evidence. Keys are those of the output. */
export interface ScanPosition {
  /** UTC, ISO-8601 with milliseconds. */
  readonly event_ts: string;
  /** Path as given; `archive.zip!member` inside an archive. */
  readonly source_file: string;
  readonly record_id: number | null;
  readonly channel: string | null;
  readonly computer: string;
}

/** One line of scan output: a rule, the event that it matched, and why. Keys are those of the output. */
export interface ScanMatch extends ScanPosition {
  readonly rule_id: string;
  readonly title: string;
  readonly level: Level;
  readonly author: string;
  readonly tags: readonly string[];
  /** Selection name, then field name, then the event's value. */
  readonly matched: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The record; empty for a correlation, which has `events`. */
  readonly event: Fields;
  /** Of a correlation only: the events that made it, oldest first. The line's own position is the last one's. */
  readonly events?: readonly ScanPosition[];
}

/** The output line of one detection in its event. */
export function toScanMatch(detection: Detection, event: LogEvent): ScanMatch {
  return lineOf(detection, positionOf(event), event.fields);
}

/** The output line of what a correlation found in events that stand at `positions`, by their id. */
export function toCorrelationMatch(
  detection: Detection,
  positions: ReadonlyMap<string, ScanPosition>,
): ScanMatch | null {
  const position = positions.get(detection.eventId);
  if (position === undefined) return null;
  const events = (detection.contributors ?? []).flatMap((id) => positions.get(id) ?? []);
  return { ...lineOf(detection, position, {}), events };
}

export function positionOf(event: LogEvent): ScanPosition {
  const channel = event.fields.Channel;
  return {
    event_ts: new Date(event.eventTs).toISOString(),
    source_file: event.evidence?.path ?? event.sourceId,
    record_id: event.evidence?.recordId ?? null,
    channel: typeof channel === 'string' ? channel : null,
    computer: event.host,
  };
}

function lineOf(detection: Detection, position: ScanPosition, event: Fields): ScanMatch {
  return {
    rule_id: detection.ruleId,
    title: detection.title,
    level: detection.level,
    author: detection.author,
    tags: detection.tags,
    ...position,
    matched: Object.fromEntries(
      detection.matched.map(({ selection, fields }) => [
        selection,
        Object.fromEntries(fields.map(({ field, value }) => [field, value])),
      ]),
    ),
    event,
  };
}
