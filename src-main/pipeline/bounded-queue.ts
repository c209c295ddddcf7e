/** What a queue of one kind of item needs to know. Both limits hold at once. */
export interface BoundedQueueOptions<T> {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly sizeOf: (item: T) => number;
  /**
   * What happens to an offer that does not fit. `refuse`: none of it is taken and the producer waits for
   * `onDrain`. `drop_oldest`: the oldest items make room and are passed to `onDropped`, to be counted.
   */
  readonly full: 'refuse' | 'drop_oldest';
  readonly onDropped?: (items: readonly T[]) => void;
}

/** What went through a queue since it was made: `offered = taken + dropped + depth`. Refused offers are not counted. */
export interface QueueCounts {
  readonly offered: number;
  readonly taken: number;
  readonly dropped: number;
  readonly depth: number;
  readonly bytes: number;
}

/** Waiting producers are called back when the queue is down to half of both limits: not on each freed slot. */
const DRAINED_AT = 0.5;

/**
 * First in, first out, bounded by items and bytes. An offer is taken whole or not at all; an empty queue takes
 * any offer, so one that is larger than the queue cannot wait for ever (it overshoots by one offer at most).
 */
export class BoundedQueue<T> {
  readonly #options: BoundedQueueOptions<T>;
  #items: T[] = [];
  /** Index of the oldest item: taking moves it, and the array is cut now and then instead of shifted each time. */
  #head = 0;
  #bytes = 0;
  #offered = 0;
  #taken = 0;
  #dropped = 0;
  #waiting: (() => void)[] = [];

  constructor(options: BoundedQueueOptions<T>) {
    this.#options = options;
  }

  /** True when all of `items` were taken. False, with `full: 'refuse'`, when none was. */
  offer(items: readonly T[]): boolean {
    const bytes = this.#bytesOf(items);
    if (!this.#fits(items.length, bytes)) {
      if (this.#options.full === 'refuse') return false;
      this.#makeRoom(items.length, bytes);
    }
    for (const item of items) this.#items.push(item);
    this.#bytes += bytes;
    this.#offered += items.length;
    return true;
  }

  /** Removes and returns the oldest items, at most `max`. */
  take(max: number): T[] {
    const items = this.#remove(max);
    this.#taken += items.length;
    this.#wakeWhenDrained();
    return items;
  }

  /** Calls back once, in a later turn, when the queue has drained to half. Only after a refusal. */
  onDrain(callback: () => void): void {
    this.#waiting.push(callback);
    this.#wakeWhenDrained();
  }

  counts(): QueueCounts {
    return {
      offered: this.#offered,
      taken: this.#taken,
      dropped: this.#dropped,
      depth: this.#depth(),
      bytes: this.#bytes,
    };
  }

  #depth(): number {
    return this.#items.length - this.#head;
  }

  #fits(count: number, bytes: number): boolean {
    if (this.#depth() === 0) return true;
    return this.#depth() + count <= this.#options.maxItems && this.#bytes + bytes <= this.#options.maxBytes;
  }

  #makeRoom(count: number, bytes: number): void {
    const dropped: T[] = [];
    while (!this.#fits(count, bytes)) dropped.push(...this.#remove(1));
    this.#dropped += dropped.length;
    this.#options.onDropped?.(dropped);
  }

  #remove(max: number): T[] {
    const items = this.#items.slice(this.#head, this.#head + max);
    this.#head += items.length;
    this.#bytes -= this.#bytesOf(items);
    if (this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return items;
  }

  #bytesOf(items: readonly T[]): number {
    let bytes = 0;
    for (const item of items) bytes += this.#options.sizeOf(item);
    return bytes;
  }

  #wakeWhenDrained(): void {
    const { maxItems, maxBytes } = this.#options;
    if (this.#depth() > maxItems * DRAINED_AT || this.#bytes > maxBytes * DRAINED_AT) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) setImmediate(callback);
  }
}
