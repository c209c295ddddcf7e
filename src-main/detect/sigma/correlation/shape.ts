import type { CorrelationType } from '../document/correlation.ts';
import type { Alternative } from './condition.ts';
import type { EntryParts } from './sliding-entries.ts';

/** What all groups of one correlation have in common. */
interface Shape {
  readonly timespanMs: number;
  readonly latenessMs: number;
  /**
   * More events can only make the condition true, never false: it is evaluated as events come. Otherwise an event
   * waits until none can come before it any more.
   */
  readonly isImmediate: boolean;
  readonly keeps: EntryParts;
  /** Other correlations are built on this one: they name its events, so each firing has to. */
  readonly isReferenced: boolean;
}

export interface SlidingShape extends Shape {
  readonly type: CorrelationType;
  readonly percentile: number | null;
  readonly holds: (measure: number) => boolean;
  /**
   * A count that is only asked whether it is reached needs no more events than that, however many the window has;
   * infinite where each event counts.
   */
  readonly enoughEvents: number;
  /** One event may come more than once: several rules may match it, or several groups of a correlation. */
  readonly mayRepeat: boolean;
  readonly hasChainedInputs: boolean;
}

export interface TemporalShape extends Shape {
  readonly inputs: number;
  readonly isOrdered: boolean;
  /** Any of these; null where the number of rules seen is compared instead. */
  readonly alternatives: readonly Alternative[] | null;
  readonly holds: (measure: number) => boolean;
}
