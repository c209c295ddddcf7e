import type { CorrelationType } from '../document/correlation.ts';
import { RunningSum } from './running-sum.ts';
import { SortedNumbers } from './sorted-numbers.ts';

/** What an event adds to a window: a number, or text that is counted. */
export type Measured = string | number;

/** What is known of the events of a window, kept while events come and go at both ends. */
export interface Aggregate {
  add(value: Measured): void;
  remove(value: Measured): void;
  /** The number that the condition compares, for a window that ends at an event with `value`. */
  measure(value: Measured): number;
}

/** An empty aggregate for a sliding type. */
export function newAggregate(type: CorrelationType, percentile: number | null): Aggregate {
  switch (type) {
    case 'value_count':
      return new DistinctCount();
    case 'value_sum':
      return new Total();
    case 'value_avg':
      return new Mean();
    case 'value_median':
      return new Percentile(50);
    case 'value_percentile':
      return percentile === null ? new Share() : new Percentile(percentile);
    default:
      return new EventCount();
  }
}

class EventCount implements Aggregate {
  #count = 0;

  add(): void {
    this.#count += 1;
  }

  remove(): void {
    this.#count -= 1;
  }

  measure(): number {
    return this.#count;
  }
}

/** How often each value is in the window. */
class Multiset {
  readonly #counts = new Map<Measured, number>();

  get distinct(): number {
    return this.#counts.size;
  }

  of(value: Measured): number {
    return this.#counts.get(value) ?? 0;
  }

  add(value: Measured): void {
    this.#counts.set(value, this.of(value) + 1);
  }

  remove(value: Measured): void {
    const left = this.of(value) - 1;
    if (left > 0) this.#counts.set(value, left);
    else this.#counts.delete(value);
  }
}

class DistinctCount implements Aggregate {
  readonly #values = new Multiset();

  add(value: Measured): void {
    this.#values.add(value);
  }

  remove(value: Measured): void {
    this.#values.remove(value);
  }

  measure(): number {
    return this.#values.distinct;
  }
}

/**
 * The specification's value_percentile: which part of the window's values, in percent, is the value of the event
 * at its end. Below 1 it is a rare one.
 */
class Share implements Aggregate {
  readonly #values = new Multiset();
  #count = 0;

  add(value: Measured): void {
    this.#values.add(value);
    this.#count += 1;
  }

  remove(value: Measured): void {
    this.#values.remove(value);
    this.#count -= 1;
  }

  measure(value: Measured): number {
    return (100 * this.#values.of(value)) / this.#count;
  }
}

class Total implements Aggregate {
  readonly #sum = new RunningSum();

  add(value: Measured): void {
    this.#sum.add(Number(value));
  }

  remove(value: Measured): void {
    this.#sum.remove(Number(value));
  }

  measure(): number {
    return this.#sum.value;
  }
}

class Mean implements Aggregate {
  readonly #sum = new RunningSum();

  add(value: Measured): void {
    this.#sum.add(Number(value));
  }

  remove(value: Measured): void {
    this.#sum.remove(Number(value));
  }

  measure(): number {
    return this.#sum.value / this.#sum.count;
  }
}

class Percentile implements Aggregate {
  readonly #numbers = new SortedNumbers();
  readonly #fraction: number;

  constructor(percentile: number) {
    this.#fraction = percentile / 100;
  }

  add(value: Measured): void {
    this.#numbers.add(Number(value));
  }

  remove(value: Measured): void {
    this.#numbers.remove(Number(value));
  }

  /** Between two numbers it is interpolated, so that the 50th is the median of any count. */
  measure(): number {
    const rank = this.#fraction * (this.#numbers.size - 1);
    const below = this.#numbers.at(Math.floor(rank));
    const above = this.#numbers.at(Math.ceil(rank));
    return below + (above - below) * (rank - Math.floor(rank));
  }
}
