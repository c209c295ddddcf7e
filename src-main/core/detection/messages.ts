import type { Detection } from '#shared/model/alert.ts';
import type { Level } from '#shared/model/severity.ts';
import type { CorrelationStatus } from '../../detect/sigma/correlation/rule-correlations.ts';
import type { UnmatchableRule } from '../../detect/sigma/match/occurrence.ts';
import type { LoadedSettings } from '../../detect/sigma/processing/load-settings.ts';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { CorrelationLimits } from '../../pipeline/rule-commands.ts';
import type { ImportCorrelation } from './live-engine.ts';
import type { LoadedRule, RuleProblem, RuleVerdict } from '../../pipeline/rules.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { RuleRecord } from '../../store/interface/rules.ts';

/** Everything that decides which rules run and how. */
export interface RuleSetRequest {
  /** Folders and files of rules that Harrier ships. */
  readonly shippedPaths: readonly string[];
  /** Folders and files that the settings name. */
  readonly folderPaths: readonly string[];
  /** Custom rules, and overrides of any rule. */
  readonly records: readonly RuleRecord[];
  readonly anyLogsource: boolean;
  readonly settings: RuleSettings;
}

/** What became of a rule set. */
export interface RuleSetReport {
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
  /** Sentences on paths that cannot be read now and whose rules from before go on. */
  readonly kept: readonly string[];
  /** Of the folders' files, as they were read. */
  readonly fingerprint: string;
  /** How many rules use each placeholder, by its name. */
  readonly placeholderUse: Readonly<Record<string, number>>;
  /** Settings that came from files. */
  readonly fromFiles: LoadedSettings['fromFiles'];
}

export interface DetectWorkerMethods {
  /** Loads and compiles; the engine in use is swapped only when the new one stands. */
  load(request: RuleSetRequest): Promise<RuleSetReport>;
  /** Switches rules or changes their levels in the running engine. */
  patch(changes: readonly RulePatch[]): null;
  inspect(request: null): EngineInspection;
  /** Rules that can match nothing that was seen, here or among stored events; none while nothing was. */
  unmatchable(census: readonly LogsourceFields[]): readonly UnmatchableRule[];
  /** Of the rule files below paths as they are now; equal to the report's while nothing changed. */
  fingerprint(paths: readonly string[]): Promise<string>;
  detect(events: EventColumns): readonly Detection[];
  /** What correlations know after the last batch. */
  checkpoint(request: null): Uint8Array;
  /** Goes on from a checkpoint. False when it cannot be used. */
  restore(state: Uint8Array): boolean;
  /** Live events behind a checkpoint. */
  recall(events: EventColumns): readonly Detection[];
  /** Detections that waited for events before them, once nothing came for a while. */
  settle(request: null): readonly Detection[];
  /** Events of this source are an import's: correlations look at them when it has ended. */
  beginImport(importId: string): null;
  /** What correlations find in an import; null when its events have to be collected again. */
  endImport(importId: string): ImportCorrelation | null;
  check(yaml: string): RuleVerdict;
}

/** How the engine is, seen from inside its thread. */
export interface EngineInspection {
  readonly items: number;
  readonly fields: number;
  readonly heapBytes: number;
  readonly correlations: readonly CorrelationStatus[];
  readonly correlationLimits: CorrelationLimits;
}

export interface RulePatch {
  readonly ruleId: string;
  readonly enabled: boolean;
  readonly levelOverride: Level | null;
}
