import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors/app-error.ts';
import type { RowTest } from './compile-query.ts';

/** Longest time a query runs. Ten seconds of one core read some three million events from scratch. */
export const QUERY_LIMIT_MS = 10_000;

/** Thrown inside a statement that ran as long as it was worth; the request goes on. */
class BudgetSpent extends Error {}

/** Shared with whoever may stop a query from another thread: set to 1 to cancel what runs. */
export type CancelFlag = Int32Array;

/**
 * Functions that a connection's SQL calls back, and the limits they keep. SQLite cannot be stopped from outside
 * (better-sqlite3 leaves its progress callback out), only by an exception from a function inside the query.
 */
export class QueryLimit {
  readonly #cancel: CancelFlag;
  readonly #limitMs: number;
  #deadline = 0;
  #budgetEnd = Infinity;
  #calls = 0;
  #tests: readonly RowTest[] = [];
  #blocks: Uint8Array | null = null;

  constructor(db: Database, cancel: CancelFlag, limitMs: number) {
    this.#cancel = cancel;
    this.#limitMs = limitMs;
    const options = { directOnly: true, deterministic: false };
    // The argument is a column of the scanned table: without one SQLite calls it once for all rows.
    db.function('hql_tick', { ...options, varargs: true }, () => {
      this.check();
      return 1;
    });
    db.function('hql_test', { ...options, varargs: true }, (index: number, ...columns: unknown[]) => {
      this.#calls += 1;
      if ((this.#calls & 63) === 0) this.check();
      return this.#tests[index]?.(...columns) === true ? 1 : 0;
    });
    db.function('hql_block', options, (block: number) => (this.#blocks?.[block] === 0 ? 0 : 1));
  }

  /** Starts the clock for one request. */
  start(): void {
    Atomics.store(this.#cancel, 0, 0);
    this.#deadline = performance.now() + this.#limitMs;
  }

  /** What the next statement calls back to. `blocks`: 0 where the text index excludes a block. */
  prepare(tests: readonly RowTest[], blocks: Uint8Array | null): void {
    this.#tests = tests;
    this.#blocks = blocks;
  }

  /** Runs `work`; false when it was stopped after `budgetMs`, as a statement that calls back can be. */
  finishes(budgetMs: number, work: () => void): boolean {
    this.#budgetEnd = performance.now() + budgetMs;
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      return false;
    } finally {
      this.#budgetEnd = Infinity;
    }
  }

  /** Throws `query_timeout` when the request is over its time or was cancelled. */
  check(): void {
    const now = performance.now();
    if (now > this.#budgetEnd) throw new BudgetSpent();
    if (Atomics.load(this.#cancel, 0) === 1 || now > this.#deadline)
      throw new AppError('query_timeout', { seconds: Math.round(this.#limitMs / 1000) });
  }
}
