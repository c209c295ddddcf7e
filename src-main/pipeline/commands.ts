import type { EvidencePosition } from '#shared/model/event.ts';
import type { SourceCounters } from './counters.ts';
import type { DetectionCommands } from './detection-commands.ts';
import type { RuleCommands } from './rule-commands.ts';
import type { RuleSettingsCommands } from './rule-settings.ts';
import type { RuleQuestions } from './rule-questions.ts';

/** What the API may ask of the running pipeline. Core implements these; the API knows nothing behind them. */
export interface PipelineCommands {
  readonly imports: ImportCommands;
  readonly evidence: EvidenceCommands;
  readonly rules: RuleCommands;
  readonly ruleSettings: RuleSettingsCommands;
  readonly questions: RuleQuestions;
  readonly detections: DetectionCommands;
  readonly status: StatusCommands;
}

export interface ImportCommands {
  /** Queues an import of files, folders and archives on the core's machine; returns its id at once. */
  start(request: ImportRequest): Promise<string>;
  /** Stores an uploaded file under the data folder and imports it. */
  receive(name: string, body: AsyncIterable<Uint8Array>): Promise<string>;
  /** False when no such import is running. Rows already committed stay until undone. */
  cancel(importId: string): boolean;
  undo(importId: string): Promise<{ events: number; alerts: number }>;
  /** Progress of running imports by id; finished ones are in the store. */
  progress(): ReadonlyMap<string, ImportProgress>;
  /** Opens the sample case: imports the bundled incident. */
  openSample(): Promise<string>;
}

export interface EvidenceCommands {
  /** Original bytes of an imported event, at most `maxBytes`; null when the evidence is no longer readable. */
  read(position: EvidencePosition, maxBytes: number): Promise<Uint8Array | null>;
}

export interface ImportRequest {
  readonly paths: readonly string[];
}

export interface ImportProgress {
  readonly currentFile: string;
  readonly bytesTotal: number;
  readonly bytesDone: number;
  readonly events: number;
  readonly rejected: number;
  readonly eventsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly etaSeconds: number | null;
}

export type ComponentState = 'ok' | 'degraded' | 'down' | 'off';

export interface ReceiverStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly detail: string;
  readonly lastEventTs: number | null;
}

export interface PipelineStatus {
  /** Committed events per second over the last 10 s. */
  readonly throughputEps: number;
  readonly queueDepth: number;
  readonly queueMax: number;
  readonly receivers: readonly ReceiverStatus[];
  readonly detectors: readonly ReceiverStatus[];
  readonly sources: readonly SourceCounters[];
  readonly dedupCount: number;
  readonly startedTs: number;
  readonly rulesLoaded: number;
  readonly rulesRejected: number;
}

export interface StatusCommands {
  current(): PipelineStatus;
  /** Why nothing can be taken in, as the end of a sentence; null when the core is ready. */
  obstacle(): string | null;
  /** Effective configuration, secrets redacted by an allow-list of printable keys. */
  config(): Readonly<Record<string, unknown>>;
}
