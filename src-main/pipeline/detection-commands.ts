import type { DetectionRule, DetectionRuleText, Suppression } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';

/** One run of a detection rule. Times are UTC epoch milliseconds. */
export interface DetectionRun {
  /** UUID. */
  readonly id: string;
  readonly ruleId: string;
  readonly trigger: 'manual' | 'scheduled';
  /** `partial`: stopped by a limit, `reason` says which. */
  readonly status: 'completed' | 'partial' | 'failed';
  readonly reason: string | null;
  readonly startedTs: number;
  readonly finishedTs: number;
  readonly matches: number;
  readonly suppressed: number;
  /** Alerts created or bumped; 0 for manual runs, which only look. */
  readonly alerts: number;
  /** Ids of some of the matching events. */
  readonly sampleIds: readonly string[];
}

/** What a run on demand found. */
export interface DetectionLook {
  readonly run: DetectionRun;
  /** Newest matches that no suppression covers, at most `MANUAL_MATCHES`. */
  readonly matches: readonly LogEvent[];
}

/** Matches that a run on demand returns. */
export const MANUAL_MATCHES = 100;

/** A suppression before it exists. */
export type SuppressionText = Pick<Suppression, 'name' | 'reason' | 'criteria' | 'expiresTs'>;

/** Saved queries that run on demand and by the clock (document 001, "Detection Engineering"). */
export interface DetectionCommands {
  list(): readonly DetectionRule[];
  get(id: string): DetectionRule | null;
  /** Throws `bad_request` for a query that is not understood. */
  create(text: DetectionRuleText, owner: string): Promise<DetectionRule>;
  update(id: string, text: DetectionRuleText): Promise<DetectionRule>;
  /** Removes the rule with its suppressions; its alerts and the record of its runs stay. */
  remove(id: string): Promise<void>;
  /** Looks at everything that is stored, raises no alert, and keeps a record of the run. */
  run(id: string): Promise<DetectionLook>;
  /** Active and expired ones, newest first. */
  suppressions(ruleId: string): readonly Suppression[];
  /** How many of the rule's present matches a suppression would cover. */
  previewSuppression(ruleId: string, text: SuppressionText): Promise<{ matches: number; covered: number }>;
  suppress(ruleId: string, text: SuppressionText, owner: string): Promise<Suppression>;
  removeSuppression(ruleId: string, id: string): Promise<boolean>;
}
