import type { EventView } from './event-view.ts';
import type { EngineItem, Requirement } from '../compile/requirement.ts';
import type { CellTest } from './cell-test.ts';
import { cheapestFirst } from './evaluation-cost.ts';
import { ItemTests } from './item-tests.ts';

/** A requirement as straight code over the event being looked at. */
export type Check = () => boolean;

/** Answers items for one event, each at most once, and turns requirements into code that asks it. */
export class Evaluator {
  readonly #view: EventView;
  readonly #tests: ItemTests;
  /** By item: twice the number of the event for which it was answered, plus one if the answer is yes. */
  readonly #answers: Float64Array;
  #asked = 0;

  /** @param items how many items there are, once all rules are compiled. */
  constructor(items: number, view: EventView) {
    this.#tests = new ItemTests(items);
    this.#view = view;
    this.#answers = new Float64Array(items);
  }

  /** Forgets what it knew: `event` is the running number of the event in the view. */
  turnTo(event: number): void {
    this.#asked = event * 2;
  }

  holds(item: EngineItem): boolean {
    const answer = (this.#answers[item.index] ?? 0) - this.#asked;
    return answer >= 0 ? answer === 1 : this.#ask(item);
  }

  /** Answers a requirement step by step: for explanations, which ask once. */
  fulfils(requirement: Requirement): boolean {
    switch (requirement.kind) {
      case 'item':
        return this.holds(requirement.item);
      case 'not':
        return !this.fulfils(requirement.part);
      case 'and':
        return requirement.parts.every((part) => this.fulfils(part));
      case 'or':
        return requirement.parts.some((part) => this.fulfils(part));
    }
  }

  /** Which of an item's values hold, each by itself. */
  valueTests(item: EngineItem): readonly CellTest[] {
    return this.#tests.ofValues(item);
  }

  /** Straight code for a requirement that is asked for many events. */
  checkOf(requirement: Requirement): Check {
    switch (requirement.kind) {
      case 'item': {
        const { item } = requirement;
        return () => this.holds(item);
      }
      case 'not': {
        const check = this.checkOf(requirement.part);
        return () => !check();
      }
      case 'and':
        return conjunction(cheapestFirst(requirement.parts).map((part) => this.checkOf(part)));
      case 'or':
        return disjunction(cheapestFirst(requirement.parts).map((part) => this.checkOf(part)));
    }
  }

  #ask(item: EngineItem): boolean {
    const result = this.#tests.of(item)(this.#view.cell(item.plan.slot), this.#view);
    this.#answers[item.index] = this.#asked + (result ? 1 : 0);
    return result;
  }
}

function conjunction(checks: readonly Check[]): Check {
  return () => {
    for (let index = 0; index < checks.length; index++) if (checks[index]?.() === false) return false;
    return true;
  };
}

function disjunction(checks: readonly Check[]): Check {
  return () => {
    for (let index = 0; index < checks.length; index++) if (checks[index]?.() === true) return true;
    return false;
  };
}
