import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import { BaseMatchReader } from './base-matches.ts';
import { CorrelationEngine, type CorrelationFiring } from './correlation-engine.ts';
import type { CorrelatorStats } from './correlator.ts';
import { detectionOf } from './firing-detection.ts';
import type { BaseMatch, CorrelationPlans } from './plan.ts';

/** What the engine says of one correlation. */
export interface CorrelationStatus extends CorrelatorStats {
  readonly ruleId: string;
}

/** The correlations of a rule set at work: from events that rules matched to detections. */
export class RuleCorrelations {
  readonly ids: readonly string[];
  readonly engine: CorrelationEngine;
  readonly #plans: CorrelationPlans;
  readonly #reader: BaseMatchReader;
  readonly #levels: Level[];
  readonly #disabled = new Set<number>();

  constructor(plans: CorrelationPlans) {
    this.#plans = plans;
    this.ids = plans.correlations.map(({ rule }) => rule.id);
    this.engine = new CorrelationEngine(plans);
    this.#reader = new BaseMatchReader(plans.baseRules);
    this.#levels = plans.correlations.map(({ rule }) => rule.level);
  }

  /** Place of a rule among those that correlations refer to; undefined for all others. */
  placeOf(ruleId: string): number | undefined {
    return this.#reader.placeOf(ruleId);
  }

  /** True when the rule at `place` makes no detections of its own. */
  isSilenced(place: number): boolean {
    return this.engine.silencedRules.has(place);
  }

  matchOf(place: number, event: LogEvent, eventTs: number): BaseMatch {
    return this.#reader.read(place, event, eventTs);
  }

  setEnabled(ruleId: string, enabled: boolean): boolean {
    const correlation = this.ids.indexOf(ruleId);
    if (correlation < 0) return false;
    if (enabled) this.#disabled.delete(correlation);
    else this.#disabled.add(correlation);
    this.engine.setEnabled(correlation, enabled);
    return true;
  }

  setLevel(ruleId: string, level: Level | null): boolean {
    const correlation = this.ids.indexOf(ruleId);
    const plan = this.#plans.correlations[correlation];
    if (plan === undefined) return false;
    this.#levels[correlation] = level ?? plan.rule.level;
    return true;
  }

  /** Takes what came live, at most `LATENESS_MS` out of order. */
  push(matches: readonly BaseMatch[], nowTs: number): readonly Detection[] {
    return this.#detections(this.engine.push(matches, nowTs));
  }

  /** Evaluates what still waits for events before it. */
  flush(): readonly Detection[] {
    return this.#detections(this.engine.flush());
  }

  /** Detections of matches that are complete and in time order: an import, or a scan. Leaves what is live alone. */
  over(matches: readonly BaseMatch[]): readonly Detection[] {
    const engine = new CorrelationEngine(this.#plans);
    for (const correlation of this.#disabled) engine.setEnabled(correlation, false);
    return this.#detections([...engine.push(matches), ...engine.flush()]);
  }

  status(): readonly CorrelationStatus[] {
    return this.engine.stats().map((stats, place) => ({ ruleId: this.ids[place] ?? '', ...stats }));
  }

  #detections(firings: readonly CorrelationFiring[]): readonly Detection[] {
    return firings.flatMap((firing) => {
      const plan = this.#plans.correlations[firing.correlation];
      if (plan === undefined) return [];
      return [detectionOf(plan, firing, this.#levels[firing.correlation] ?? plan.rule.level)];
    });
  }
}
