import type { Level } from '#shared/model/severity.ts';
import type { EvidenceInput } from '../../ingest/evidence/plan.ts';
import type { RuleProblem } from '../../pipeline/commands.ts';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { ScanMatch } from './match.ts';
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
  /** Rules that none of the events of this worker could have matched. */
  unmatchable(argument: null): Unmatchable;
}

export type ScanNotice =
  | { readonly kind: 'matches'; readonly index: number; readonly matches: readonly ScanMatch[] }
  | { readonly kind: 'progress'; readonly index: number; readonly bytes: number; readonly events: number };
