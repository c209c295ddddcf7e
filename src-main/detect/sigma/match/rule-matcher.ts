import type { LogEvent } from '#shared/model/event.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import type { FieldSlots } from '../compile/field-slots.ts';
import { EventView } from './event-view.ts';
import { Evaluator, type Check } from './evaluator.ts';
import type { Evidence } from './explain.ts';
import type { OnWake } from './index/wake.ts';
import type { Occurrence } from './occurrence.ts';
import { groupRules } from './rule-group.ts';
import { Router } from './router.ts';

export interface RuleMatcherParts {
  /** Rules by number. */
  readonly rules: readonly CompiledRule[];
  /** Distinct items that the rules ask. */
  readonly items: number;
  readonly slots: FieldSlots;
  readonly anyLogsource: boolean;
}

/** How well the index chooses, and what it costs. */
export interface MatcherStats {
  /** Bytes of the literal tables built so far, the engine's largest part. */
  readonly indexBytes: number;
  /** Rules looked at and rules that matched since the start. */
  readonly rulesWoken: number;
  readonly rulesMatched: number;
}

/** Finds which rules match an event: logsource, index, then the conditions of the few rules that it woke. */
export class RuleMatcher {
  readonly #rules: readonly CompiledRule[];
  readonly #view: EventView;
  readonly #evaluator: Evaluator;
  /** By rule; made when the rule is first woken. */
  readonly #checks: (Check | undefined)[];
  readonly #router: Router;
  readonly #disabled: Uint8Array;
  /** Event number for which a rule was last woken. */
  readonly #wokenFor: Float64Array;
  readonly #woken: number[] = [];
  readonly #onWake: OnWake;
  #event = 0;
  #rulesWoken = 0;
  #rulesMatched = 0;

  constructor({ rules, items, slots, anyLogsource }: RuleMatcherParts) {
    this.#rules = rules;
    this.#view = new EventView(slots);
    this.#evaluator = new Evaluator(items, this.#view);
    this.#checks = new Array<Check | undefined>(rules.length).fill(undefined);
    this.#disabled = new Uint8Array(rules.length);
    this.#wokenFor = new Float64Array(rules.length);
    const groups = groupRules(rules, anyLogsource);
    this.#router = new Router({ groups, rules, anyLogsource, eventIdSlot: slots.slotOf('EventID') });
    this.#onWake = (woken) => {
      for (let index = 0; index < woken.length; index++) this.#wake(woken[index] ?? 0);
      return false;
    };
  }

  /** What was seen of each logsource so far. */
  get occurrences(): readonly Occurrence[] {
    return this.#router.occurrences;
  }

  setEnabled(number: number, enabled: boolean): void {
    this.#disabled[number] = enabled ? 0 : 1;
  }

  /** Numbers of the rules that match, ascending. `evidence` shows this event until the next call. */
  matches(event: LogEvent): readonly number[] {
    const { index, occurrence } = this.#router.routeOf(event.logsource);
    this.turnTo(event);
    occurrence.note(event);
    this.#woken.length = 0;
    index.search(this.#view, this.#onWake);
    this.#rulesWoken += this.#woken.length;
    const matched = this.#woken.filter((number) => this.#holds(number));
    this.#rulesMatched += matched.length;
    return matched.sort((left, right) => left - right);
  }

  /** Looks at an event without searching it, for explanations. */
  turnTo(event: LogEvent): void {
    this.#event = this.#view.look(event);
    this.#evaluator.turnTo(this.#event);
  }

  /** The event in view, and what is known of it. */
  get evidence(): Evidence {
    return { view: this.#view, evaluator: this.#evaluator };
  }

  stats(): MatcherStats {
    return {
      indexBytes: this.#router.indexBytes,
      rulesWoken: this.#rulesWoken,
      rulesMatched: this.#rulesMatched,
    };
  }

  #wake(number: number): void {
    if (this.#wokenFor[number] === this.#event || this.#disabled[number] === 1) return;
    this.#wokenFor[number] = this.#event;
    this.#woken.push(number);
  }

  #holds(number: number): boolean {
    const known = this.#checks[number];
    if (known !== undefined) return known();
    const compiled = this.#rules[number];
    if (compiled === undefined) return false;
    const check = this.#evaluator.checkOf(compiled.requirement);
    this.#checks[number] = check;
    return check();
  }
}
