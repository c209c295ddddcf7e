import type { AttackRef } from '#shared/model/attack.ts';
import type { EvidencePosition, LogSource } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { SourceCounters } from './counters.ts';

/** What the API may ask of the running pipeline. Core implements these; the API knows nothing behind them. */
export interface PipelineCommands {
  readonly imports: ImportCommands;
  readonly evidence: EvidenceCommands;
  readonly rules: RuleCommands;
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

/** Place in a rule's source: 1-based line and column. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

export const RULE_STAGES = ['yaml', 'schema', 'compile'] as const;

export type RuleStage = (typeof RULE_STAGES)[number];

/** One problem of one rule file: what is wrong, where, and what to do. */
export interface RuleProblem extends SourcePlace {
  readonly file: string;
  readonly stage: RuleStage;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** What a rule says of itself. */
export interface RuleFacts {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly status: string;
  readonly author: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly attack: readonly AttackRef[];
  readonly logsource: LogSource;
  readonly date: string | null;
  readonly modified: string | null;
  readonly file: string;
  readonly yaml: string;
}

/** A rule that the engine holds. */
export interface LoadedRule extends RuleFacts {
  /** Names of the fields that its selections compare. */
  readonly fields: readonly string[];
  readonly origin: 'shipped' | 'folder' | 'custom';
  readonly enabled: boolean;
  readonly levelOverride: Level | null;
}

/** Three-stage verdict of a dry run; a stage that was not reached is null. */
export interface RuleVerdict {
  readonly yaml: boolean | null;
  readonly schema: boolean | null;
  readonly compile: boolean | null;
  readonly problems: readonly RuleProblem[];
  readonly ruleId: string | null;
}

export interface RuleCommands {
  list(): readonly LoadedRule[];
  get(ruleId: string): LoadedRule | null;
  problems(): readonly RuleProblem[];
  check(yaml: string): Promise<RuleVerdict>;
  /** Persists a custom rule and swaps it into the running engine. Throws `rule_invalid` or `conflict`. */
  create(yaml: string): Promise<LoadedRule>;
  patch(
    ruleId: string,
    change: { readonly enabled?: boolean; readonly level?: Level | null },
  ): Promise<LoadedRule>;
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
