import type { LogEvent } from '#shared/model/event.ts';
import type { EvidenceInput } from '../../ingest/evidence/plan.ts';
import { readEvidence, type BatchPosition, type FileReport } from '../../ingest/evidence/read.ts';
import { detectFormat, evidenceFormats } from '../../parse/formats.ts';
import type { Enrich } from '../../pipeline/enriching.ts';
import type { EvidenceFormat, ParseOutcome, Rejection } from '../../pipeline/parsing.ts';
import type { NewId } from '../../platform/ids.ts';

export interface ReadEventsOptions {
  readonly enrich: Enrich;
  readonly newId: NewId;
  readonly sourceId: string;
  /** SHA-256 of the file, or its path where nothing is stored. */
  readonly evidenceId: string;
  /** When the file was last written: stands in for what records leave out (the year of RFC 3164). */
  readonly writtenMs: number;
  /** Time of observation; also of records that state no time. */
  readonly observedMs: number;
  readonly signal?: AbortSignal;
  readonly onEvents: (
    events: readonly LogEvent[],
    rejections: readonly Rejection[],
    position: BatchPosition,
  ) => void | Promise<void>;
}

/** Reads one evidence file to events, batch by batch: detect the format, parse, enrich. */
export function readEvents(input: EvidenceInput, options: ReadEventsOptions): Promise<FileReport> {
  let format: EvidenceFormat | null = null;
  return readEvidence(input, {
    nowMs: options.writtenMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    // Called once per file or archive member, before its first batch.
    detect: (head) => (format = detectFormat(head, evidenceFormats)),
    onOutcomes: (outcomes, position) => {
      const { events, rejections } = sortOutcomes(outcomes, position, options, format);
      return options.onEvents(events, rejections, position);
    },
  });
}

function sortOutcomes(
  outcomes: readonly ParseOutcome[],
  position: BatchPosition,
  options: ReadEventsOptions,
  format: EvidenceFormat | null,
): { events: LogEvent[]; rejections: Rejection[] } {
  const events: LogEvent[] = [];
  const rejections: Rejection[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) {
      rejections.push(outcome.rejection);
      continue;
    }
    const { offset, length, recordId } = outcome.event;
    const evidence = { evidenceId: options.evidenceId, path: position.path, offset, length, recordId };
    const source = format?.source ?? 'file';
    const { sourceId, observedMs: observedTs } = options;
    events.push(
      options.enrich(outcome.event, {
        id: options.newId(),
        observedTs,
        source,
        sourceId,
        raw: null,
        evidence,
        peer: null,
      }),
    );
  }
  return { events, rejections };
}
