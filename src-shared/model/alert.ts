import type { AttackRef } from './attack.ts';
import type { Entity } from './entity.ts';
import type { Level } from './severity.ts';

export const RULE_KINDS = [
  'sigma',
  'correlation',
  'anomaly',
  'kill_chain',
  'ueba',
  'threat_intel',
  'risk',
  'scheduled',
  'manual',
] as const;

export type RuleKind = (typeof RULE_KINDS)[number];

export const ALERT_STATUSES = ['new', 'in_progress', 'closed'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** One field comparison that made a selection true. `value` is the event's, `pattern` the rule's. */
export interface MatchedField {
  readonly field: string;
  readonly value: string;
  readonly pattern: string;
}

/** One selection of a rule that was true for the event. */
export interface MatchedSelection {
  readonly selection: string;
  readonly fields: readonly MatchedField[];
}

/** What a detector found in one event, before the store folds it into an alert. */
export interface Detection {
  readonly ruleId: string;
  readonly ruleKind: RuleKind;
  readonly title: string;
  readonly level: Level;
  readonly author: string;
  readonly tags: readonly string[];
  readonly attack: AttackRef | null;
  /** Event that triggered it. Rule, group and this id make a detection idempotent. */
  readonly eventId: string;
  readonly eventTs: number;
  readonly entities: readonly Entity[];
  /** `kind:rule:value`, as in document 004; detections that share it within the window fold into one alert. */
  readonly dedupKey: string;
  readonly matched: readonly MatchedSelection[];
  /** Ids of the events that made it, oldest first, of a detector that looks at more than one; absent for others. */
  readonly contributors?: readonly string[];
}

/** One row of the triage queue: a rule that fired, folded by dedup key. Times are UTC epoch milliseconds. */
export interface Alert {
  /** `alr_` and a ULID. */
  readonly id: string;
  readonly ts: number;
  readonly ruleId: string;
  readonly ruleKind: RuleKind;
  readonly severity: Level;
  readonly title: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly attack: AttackRef | null;
  readonly entities: readonly Entity[];
  readonly dedupKey: string;
  readonly status: AlertStatus;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Why it fired: the first event's matched selections. */
  readonly matched: readonly MatchedSelection[];
  /** First events that made it, oldest first, at most `ALERT_EVENT_SAMPLE` of `count`. */
  readonly eventIds: readonly string[];
}

/** Occurrences listed with an alert; the rest are counted and can be paged. */
export const ALERT_EVENT_SAMPLE = 20;
