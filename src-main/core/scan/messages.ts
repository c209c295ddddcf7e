import type { Level } from '#shared/model/severity.ts';
import type { EvidenceInput } from '../../ingest/evidence/plan.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { BaseMatch } from '../../detect/sigma/correlation/plan.ts';
import type { CollectedMatch } from '../detection/match-collection.ts';
import type { ScanMatch, ScanPosition } from './match.ts';
import type { ScannedFile } from './report.ts';

/** Which rules a scan runs. */
export interface ScanRules {
  readonly paths: readonly string[];
  readonly minLevel: Level;
  readonly anyLogsource: boolean;
  readonly settings: RuleSettings;
}

export interface ScanRulesReport {
  readonly loaded: number;
  readonly problems: readonly RuleProblem[];
}

/** What the data showed to one worker: which rules could have matched it. */
export type Unmatchable = readonly { readonly ruleId: string; readonly reason: string }[];

export interface ScanWorkerMethods {
  load(rules: ScanRules): ScanRulesReport;
  /** Reads one input to its end; its matches come as notices before the answer. */
  scan(job: { readonly index: number; readonly input: EvidenceInput }): Promise<ScannedFile>;
  /** What correlations find in the matches of all inputs, in time order. */
  correlate(matches: readonly BaseMatch[]): readonly Detection[];
  /** Rules that none of the events of this worker could have matched. */
  unmatchable(argument: null): Unmatchable;
}

/** A match that correlations look at, with what its output line says of it. */
export interface ScanCollected extends CollectedMatch {
  readonly position: ScanPosition;
}

export type ScanNotice =
  | { readonly kind: 'collected'; readonly matches: readonly ScanCollected[] }
  | { readonly kind: 'matches'; readonly index: number; readonly matches: readonly ScanMatch[] }
  | { readonly kind: 'progress'; readonly index: number; readonly bytes: number; readonly events: number };
