import type { Level } from './severity.ts';

/** Who sees a detection rule: document 001. Kept and shown; there are no users with roles yet to hide it from. */
export const SHARING_MODES = ['private', 'team', 'roles'] as const;

export type SharingMode = (typeof SHARING_MODES)[number];

/** What an analyst decides about a detection rule. */
export interface DetectionRuleText {
  readonly name: string;
  readonly description: string;
  /** Filter in the hunt language. */
  readonly query: string;
  /** Only events of this source, receiver, product, category or service; null for all. */
  readonly source: string | null;
  /** Only events at least this severe, as a number or a word of the events filter; null for all. */
  readonly matchSeverity: string | null;
  readonly host: string | null;
  readonly alertSeverity: Level;
  /** May name {rule_name}, {host}, {message} and {source}. */
  readonly alertTitleTemplate: string;
  readonly alertDescriptionTemplate: string;
  /** Kept for casework, which opens a case for each new alert of the rule. */
  readonly autoCreateCase: boolean;
  readonly enabled: boolean;
  readonly scheduleEnabled: boolean;
  readonly scheduleIntervalMinutes: number;
  /** `T1059.001` */
  readonly mitreTechniques: readonly string[];
  readonly sharingMode: SharingMode;
  readonly sharedWithRoles: readonly string[];
  readonly tags: readonly string[];
  /** Fields to go on from, for whoever looks at a match. */
  readonly pivots: readonly string[];
}

/** A saved query that runs on demand or by the clock. Times are UTC epoch milliseconds. */
export interface DetectionRule extends DetectionRuleText {
  /** UUID. */
  readonly id: string;
  readonly owner: string;
  readonly createdTs: number;
  readonly updatedTs: number;
  readonly lastRunTs: number | null;
  /** When the scheduler runs it next; null when it does not. */
  readonly nextRunTs: number | null;
  /** Events up to this one, in order of storing, were looked at by the scheduler. */
  readonly examinedUpTo: number;
}

/** Matches of a rule that raise no alert for a while, each with owner and reason. */
export interface Suppression {
  /** UUID. */
  readonly id: string;
  readonly ruleId: string;
  readonly name: string;
  readonly reason: string;
  /** Field to value; an event is suppressed when all of them are its own. */
  readonly criteria: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly createdTs: number;
  /** Null: until it is removed. */
  readonly expiresTs: number | null;
}

export const DETECTION_VERDICTS = ['true_positive', 'false_positive', 'needs_tuning'] as const;

export type DetectionVerdict = (typeof DETECTION_VERDICTS)[number];
