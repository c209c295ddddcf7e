import {
  Correlator,
  type CorrelationInput,
  type CorrelatorLimits,
  type CorrelatorStats,
} from './correlator.ts';
import type { Firing } from './group.ts';
import type { BaseMatch, CorrelationPlans } from './plan.ts';
import { decodeState, encodeState } from './state-codec.ts';
import { silencedBy, type Silenced } from './silence.ts';

/** What a correlation found. */
export interface CorrelationFiring extends Firing {
  /** Place among the plan's correlations. */
  readonly correlation: number;
}

/** Where the matches of a rule or correlation go. */
interface Target {
  readonly correlation: number;
  readonly input: number;
}

/**
 * All correlations, over matches of the rules that they refer to. Pure: time comes with the events. Matches may
 * come up to `LATENESS_MS` out of order and give what they would have given sorted.
 */
export class CorrelationEngine {
  readonly plans: CorrelationPlans;
  readonly correlators: readonly Correlator[];
  readonly #ofRules: readonly (readonly Target[])[];
  readonly #ofCorrelations: readonly (readonly Target[])[];
  readonly #disabled = new Set<number>();
  #silenced: Silenced;
  #nowTs = -Infinity;

  constructor(plans: CorrelationPlans, limits?: CorrelatorLimits) {
    this.plans = plans;
    this.#ofRules = plans.baseRules.map((_, number) => targetsOf(plans, 'rule', number));
    this.#ofCorrelations = plans.correlations.map((_, number) => targetsOf(plans, 'correlation', number));
    this.correlators = plans.correlations.map((plan, number) => {
      return new Correlator(plan, (this.#ofCorrelations[number] ?? []).length > 0, limits);
    });
    this.#silenced = this.#whoIsSilenced();
  }

  /** A disabled correlation finds nothing and forgets what it had; so does what is built on it. */
  setEnabled(correlation: number, enabled: boolean): void {
    if (enabled) this.#disabled.delete(correlation);
    else {
      this.#disabled.add(correlation);
      this.correlators[correlation]?.clear();
    }
    this.#silenced = this.#whoIsSilenced();
  }

  /** Base rules whose own matches are nobody's business. */
  get silencedRules(): ReadonlySet<number> {
    return this.#silenced.rules;
  }

  /**
   * Takes the next matches, in any order, and returns what they made true: by correlation, then by time.
   *
   * @param nowTs time up to which events have been seen, where that is later than the matches say.
   */
  push(matches: readonly BaseMatch[], nowTs = -Infinity): readonly CorrelationFiring[] {
    const inputs = this.correlators.map((): CorrelationInput[] => []);
    this.#nowTs = Math.max(this.#nowTs, nowTs);
    for (const match of matches) {
      if (match.eventTs > this.#nowTs) this.#nowTs = match.eventTs;
      for (const { correlation, input } of this.#ofRules[match.rule] ?? []) {
        inputs[correlation]?.push({ ...match, input, contributors: null });
      }
    }
    return this.#run(inputs, (correlator, own) => correlator.push(own, this.#nowTs));
  }

  /** Evaluates what waits for events that might have come before it. */
  flush(): readonly CorrelationFiring[] {
    const inputs = this.correlators.map((): CorrelationInput[] => []);
    return this.#run(inputs, (correlator, own) => {
      const firings = correlator.push(own, this.#nowTs);
      const waiting = correlator.flush();
      return firings.length === 0 ? waiting : [...firings, ...waiting];
    });
  }

  /** What is known so far, for another engine or a restart. */
  exportState(): Uint8Array {
    return encodeState(
      this.correlators.map((correlator) => {
        const { rule, fingerprint } = correlator.plan;
        return { ruleId: rule.id, fingerprint, state: correlator.exportState() };
      }),
    );
  }

  /**
   * Goes on from an exported state: each correlation whose meaning is the same. Returns how many did, or null when
   * the bytes cannot be used.
   */
  restoreState(bytes: Uint8Array): number | null {
    const saved = decodeState(bytes);
    if (saved === null) return null;
    const known = new Map(saved.map((one) => [`${one.ruleId} ${one.fingerprint}`, one.state]));
    let restored = 0;
    for (const [correlation, correlator] of this.correlators.entries()) {
      const state = known.get(`${correlator.plan.rule.id} ${correlator.plan.fingerprint}`);
      if (state === undefined || this.#disabled.has(correlation)) continue;
      correlator.restore(state);
      this.#nowTs = Math.max(this.#nowTs, state.nowTs);
      restored += 1;
    }
    return restored;
  }

  stats(): readonly CorrelatorStats[] {
    return this.correlators.map((correlator) => correlator.stats());
  }

  #whoIsSilenced(): Silenced {
    return silencedBy(this.plans, (correlation) => !this.#disabled.has(correlation));
  }

  #run(
    inputs: readonly CorrelationInput[][],
    evaluate: (correlator: Correlator, inputs: readonly CorrelationInput[]) => readonly Firing[],
  ): readonly CorrelationFiring[] {
    const found: CorrelationFiring[] = [];
    for (const [correlation, correlator] of this.correlators.entries()) {
      if (this.#disabled.has(correlation)) continue;
      const firings = evaluate(correlator, sortedByTime(inputs[correlation] ?? []));
      for (const firing of firings) {
        if (!this.#silenced.correlations.has(correlation)) found.push({ ...firing, correlation });
        for (const target of this.#ofCorrelations[correlation] ?? []) {
          inputs[target.correlation]?.push(inputOf(firing, target.input));
        }
      }
    }
    return found;
  }
}

function targetsOf(plans: CorrelationPlans, kind: 'rule' | 'correlation', number: number): readonly Target[] {
  return plans.correlations.flatMap(({ inputs }, correlation) =>
    inputs.flatMap(({ source }, input) =>
      source.kind === kind && source.number === number ? [{ correlation, input }] : [],
    ),
  );
}

function inputOf({ eventId, eventTs, carried, contributors }: Firing, input: number): CorrelationInput {
  return { input, eventId, eventTs, values: carried, contributors };
}

/** Most batches are in order already; sorting is stable, so events of one time keep the order in which they came. */
function sortedByTime(inputs: CorrelationInput[]): readonly CorrelationInput[] {
  const isSorted = inputs.every((input, at) => at === 0 || (inputs[at - 1]?.eventTs ?? 0) <= input.eventTs);
  return isSorted ? inputs : inputs.sort((left, right) => left.eventTs - right.eventTs);
}
