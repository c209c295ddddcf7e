import type { DetectionVerdict } from '#shared/model/detection-rule.ts';

export type { DetectionRun } from '../../pipeline/detection-commands.ts';

/** What an analyst said of a detection rule; only added to. */
export interface DetectionFeedback {
  readonly id: string;
  readonly ruleId: string;
  readonly verdict: DetectionVerdict;
  readonly alertId: string | null;
  readonly caseId: string | null;
  readonly eventId: string | null;
  readonly notes: string;
  /** JSON text, as the client sent it. */
  readonly metadata: string;
  readonly actor: string;
  readonly ts: number;
}

/** Runs since an instant, and false positives since ever, by rule. */
export interface DetectionActivity {
  readonly runs: number;
  readonly matches: number;
  readonly suppressed: number;
  readonly matchesByRule: readonly { readonly ruleId: string; readonly count: number }[];
  readonly falsePositivesByRule: readonly { readonly ruleId: string; readonly count: number }[];
}

/** Runs kept of each rule, the newest: at the shortest interval about a day and a half. */
export const KEPT_RUNS = 500;
