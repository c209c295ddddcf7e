import type { CarriedValue } from './plan.ts';
import type { Measured } from './aggregate.ts';

/** Events by id, oldest first, with their times. */
export interface Contributors {
  readonly ids: readonly string[];
  readonly times: readonly number[];
}

/** One input of a correlation in its group. */
export interface GroupEntry {
  /** Which of the correlation's rules matched. */
  readonly input: number;
  readonly eventId: string;
  readonly eventTs: number;
  readonly measured: Measured;
  readonly carried: readonly CarriedValue[];
  /** Events behind a match of a correlation below; null for the match of a rule. */
  readonly contributors: Contributors | null;
}

/** The condition held for the window that ends at an event. */
export interface Firing {
  readonly groupValues: readonly string[];
  readonly eventId: string;
  readonly eventTs: number;
  /** What the condition compared; for temporal types the number of rules seen. */
  readonly measure: number;
  readonly contributors: Contributors;
  readonly carried: readonly CarriedValue[];
  /** The group fired shortly before: this belongs to the same alert, and names only its own event. */
  readonly isFollowUp: boolean;
}

export type OnFiring = (firing: Firing) => void;

/** The events of one group, and what they add up to. */
export interface Group {
  /** Values of the group-by fields as the first event wrote them. */
  readonly values: readonly string[];
  /** Events kept. */
  readonly size: number;
  /** Events that wait for others that may still come before them. */
  readonly waiting: number;
  /** Takes an entry at its place in time; false when it comes too late to be placed. */
  insert(entry: GroupEntry): boolean;
  /** Evaluates what was inserted and is not later than `until`. */
  advance(until: number): void;
  /** Drops the oldest event before its time; returns how many went. */
  evictOldest(): number;
}
