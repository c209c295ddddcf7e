import type { Detection } from '#shared/model/alert.ts';
import { MAX_EVENTS } from '../../detect/sigma/correlation/limits.ts';
import type { BaseMatch } from '../../detect/sigma/correlation/plan.ts';
import { fromColumns, type EventColumns } from '../../pipeline/columns.ts';
import type { EngineInQuestion } from './asked-engine.ts';
import type { DryRunMatches } from './messages.ts';

/** One dry run inside the worker. A correlation sees nothing before all events are here, in order of their time. */
export class HostedDryRun {
  readonly #asked: EngineInQuestion;
  readonly #isCorrelation: boolean;
  #collected: BaseMatch[] = [];
  #overflowed = false;

  constructor(asked: EngineInQuestion) {
    this.#asked = asked;
    this.#isCorrelation = asked.documents.correlations.some(({ id }) => id === asked.ruleId);
  }

  /** Matches of the rule in question; none yet for a correlation. */
  take(columns: EventColumns): DryRunMatches {
    const { detections, matches } = this.#asked.engine.collect(fromColumns(columns));
    if (!this.#isCorrelation) return this.#matchesOf(detections);
    const room = MAX_EVENTS - this.#collected.length;
    this.#overflowed ||= matches.length > room;
    for (const match of matches.slice(0, room)) this.#collected.push(match);
    return this.#matchesOf([]);
  }

  /** What a correlation found in all that was taken. */
  end(): DryRunMatches {
    if (!this.#isCorrelation) return this.#matchesOf([]);
    const inOrder = this.#collected.sort((a, b) => a.eventTs - b.eventTs);
    this.#collected = [];
    return this.#matchesOf(this.#asked.engine.correlate(inOrder));
  }

  #matchesOf(detections: readonly Detection[]): DryRunMatches {
    const own = detections.filter(({ ruleId }) => ruleId === this.#asked.ruleId);
    return {
      ids: own.map(({ eventId }) => eventId),
      eventTs: own.map(({ eventTs }) => eventTs),
      overflowed: this.#overflowed,
    };
  }
}
