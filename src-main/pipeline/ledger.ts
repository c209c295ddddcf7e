import type { SourceCounters } from './counters.ts';

/** The doors of one source: what a receiver, a parser and the committer tell the books. Counts are records. */
export interface SourceBook {
  received(count: number): void;
  rejected(reason: string, count: number): void;
  dropped(reason: string, count: number): void;
  committed(count: number): void;
}

/** Conservation counters of every source of one process. */
export interface Ledger {
  /** The book of a source, opened with its first use. */
  book(sourceId: string): SourceBook;
  /** Counters by source, in the order in which the sources were opened. Plain data, safe to send to another thread. */
  snapshot(): readonly SourceCounters[];
}

/**
 * Opens empty books. What came in and has left by none of the other three doors is in the queue, so the books
 * balance at every moment; a record that leaves twice would make the queue negative and throws instead, because
 * then a counter lies about lost evidence.
 */
export function createLedger(): Ledger {
  const accounts = new Map<string, Account>();
  return {
    book(sourceId) {
      const known = accounts.get(sourceId);
      if (known !== undefined) return known;
      const opened = new Account(sourceId);
      accounts.set(sourceId, opened);
      return opened;
    },
    snapshot: () => [...accounts.values()].map((account) => account.snapshot()),
  };
}

class Account implements SourceBook {
  readonly #sourceId: string;
  readonly #rejected = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  #received = 0;
  #committed = 0;
  #inQueue = 0;

  constructor(sourceId: string) {
    this.#sourceId = sourceId;
  }

  received(count: number): void {
    this.#received += count;
    this.#inQueue += count;
  }

  rejected(reason: string, count: number): void {
    this.#leave(count, 'rejected');
    add(this.#rejected, reason, count);
  }

  dropped(reason: string, count: number): void {
    this.#leave(count, 'dropped');
    add(this.#dropped, reason, count);
  }

  committed(count: number): void {
    this.#leave(count, 'committed');
    this.#committed += count;
  }

  snapshot(): SourceCounters {
    return {
      sourceId: this.#sourceId,
      received: this.#received,
      committed: this.#committed,
      rejected: Object.fromEntries(this.#rejected),
      dropped: Object.fromEntries(this.#dropped),
      inQueue: this.#inQueue,
    };
  }

  #leave(count: number, door: string): void {
    if (count > this.#inQueue) {
      throw new Error(
        `Source ${this.#sourceId}: ${count} records ${door}, only ${this.#inQueue} in the queue.`,
      );
    }
    this.#inQueue -= count;
  }
}

function add(counts: Map<string, number>, reason: string, count: number): void {
  if (count > 0) counts.set(reason, (counts.get(reason) ?? 0) + count);
}
