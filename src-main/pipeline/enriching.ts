import type { EventSource, EvidencePosition, LogEvent } from '#shared/model/event.ts';
import type { ParsedEvent } from './parsing.ts';

/** What only the receiver knows of a record. */
export interface Origin {
  readonly id: string;
  readonly observedTs: number;
  readonly source: EventSource;
  readonly sourceId: string;
  readonly raw: Uint8Array | null;
  readonly evidence: EvidencePosition | null;
  readonly peer: string | null;
}

/** Completes a parsed record to an event: logsource, field mapping, entities. Pure. */
export type Enrich = (parsed: ParsedEvent, origin: Origin) => LogEvent;
