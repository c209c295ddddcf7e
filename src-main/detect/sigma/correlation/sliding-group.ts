import { newAggregate, type Aggregate, type Measured } from './aggregate.ts';
import type { SlidingShape } from './shape.ts';
import type { Contributors, Group, GroupEntry, OnFiring } from './group.ts';
import { MAX_CONTRIBUTORS, SERIES_MS } from './limits.ts';
import { SlidingEntries, type EntryColumns } from './sliding-entries.ts';

const NOTHING_CARRIED: GroupEntry['carried'] = [];

/** A group as plain data. */
export interface SlidingState extends EntryColumns {
  /** How many of the events were evaluated. */
  readonly evaluated: number;
}

/** Events looked at, newest first, for one of each distinct value. */
const LOOK_BACK = 256;

/**
 * One group of a type that counts or measures. The window `[start, end)` slides over the entries; each step adds
 * the event at its end and takes out those that are older than the timespan, so an event costs its own arrival and
 * departure, however long the window is. A late event moves the window back to its place and forward again.
 */
export class SlidingGroup implements Group {
  readonly values: readonly string[];
  readonly entries: SlidingEntries;
  readonly #shape: SlidingShape;
  readonly #onFiring: OnFiring;
  readonly #aggregate: Aggregate;
  #lastFiredTs = -Infinity;
  #start = 0;
  #end = 0;

  constructor(values: readonly string[], shape: SlidingShape, onFiring: OnFiring) {
    this.values = values;
    this.#shape = shape;
    this.#onFiring = onFiring;
    this.entries = new SlidingEntries(shape.keeps);
    this.#aggregate = newAggregate(shape.type, shape.percentile);
  }

  get size(): number {
    return this.entries.size;
  }

  get waiting(): number {
    return this.entries.end - this.#end;
  }

  insert(entry: GroupEntry): boolean {
    const { entries } = this;
    const { newest } = entries;
    if (entry.eventTs >= newest) {
      if (this.#isRepeated(entries.end, entry)) return true;
      const isCaughtUp = this.#end === entries.end;
      entries.push(entry);
      if (isCaughtUp && this.#shape.isImmediate) this.#step();
      return true;
    }
    if (entry.eventTs < this.#oldestPlaceable(newest)) return false;
    const place = entries.placeFor(entry.eventTs);
    if (this.#isRepeated(place, entry)) return true;
    this.#moveBackTo(place);
    entries.insert(place, entry);
    return true;
  }

  advance(until: number): void {
    while (this.#end < this.entries.end && (this.entries.times[this.#end] ?? Infinity) <= until) this.#step();
  }

  evictOldest(): number {
    if (this.entries.size === 0) return 0;
    this.#dropHead();
    return 1;
  }

  exportState(): SlidingState {
    return { ...this.entries.exportColumns(), evaluated: this.#end - this.entries.head };
  }

  /** Makes a new group what an exported one was. */
  restore(state: SlidingState): void {
    this.entries.restoreColumns(state);
    while (this.#end < state.evaluated) this.#slide();
  }

  /** Before this nothing can be placed: it was evaluated for good. */
  #oldestPlaceable(newest: number): number {
    if (this.#shape.isImmediate) return newest - this.#shape.latenessMs;
    return this.#end === this.entries.head ? -Infinity : (this.entries.times[this.#end - 1] ?? -Infinity);
  }

  /** An event that several of the rules matched counts once. */
  #isRepeated(place: number, { eventId, eventTs }: GroupEntry): boolean {
    if (!this.#shape.mayRepeat) return false;
    const { ids, times, head } = this.entries;
    for (let at = place - 1; at >= head && times[at] === eventTs; at--) {
      if (ids[at] === eventId) return true;
      // Matches of rules come together; only those of correlations may come apart.
      if (!this.#shape.hasChainedInputs) return false;
    }
    return false;
  }

  #step(): void {
    const at = this.#end;
    this.#slide();
    const { entries } = this;
    const measure = this.#aggregate.measure(this.#measuredAt(at));
    if (entries.fired[at] === 0 && this.#shape.holds(measure)) {
      entries.fired[at] = 1;
      const eventTs = entries.times[at] ?? 0;
      const isFollowUp = Math.abs(eventTs - this.#lastFiredTs) <= SERIES_MS;
      this.#lastFiredTs = eventTs;
      this.#onFiring({
        groupValues: this.values,
        eventId: entries.ids[at] ?? '',
        eventTs,
        measure,
        isFollowUp,
        contributors: isFollowUp && !this.#shape.isReferenced ? this.#only(at) : this.#contributors(),
        carried: entries.carried[at] ?? NOTHING_CARRIED,
      });
    }
    this.#trim();
  }

  /** Moves the window's end by one event, and its start behind what is now too old. */
  #slide(): void {
    const { times } = this.entries;
    const at = this.#end++;
    this.#aggregate.add(this.#measuredAt(at));
    const oldest = (times[at] ?? 0) - this.#shape.timespanMs;
    while ((times[this.#start] ?? Infinity) < oldest) this.#aggregate.remove(this.#measuredAt(this.#start++));
  }

  /** Makes the window end before `place` again, as it did before the events from there on came. */
  #moveBackTo(place: number): void {
    const { entries } = this;
    if (place >= this.#end) return;
    while (this.#end > place) {
      this.#end -= 1;
      if (this.#end >= this.#start) this.#aggregate.remove(this.#measuredAt(this.#end));
    }
    this.#start = Math.min(this.#start, this.#end);
    if (this.#end === entries.head) return;
    const oldest = (entries.times[this.#end - 1] ?? 0) - this.#shape.timespanMs;
    while (this.#start > entries.head && (entries.times[this.#start - 1] ?? 0) >= oldest) {
      this.#aggregate.add(this.#measuredAt(--this.#start));
    }
  }

  /** Lets go of events that no later window can reach. */
  #trim(): void {
    const { entries } = this;
    const { latenessMs, isImmediate, timespanMs, enoughEvents } = this.#shape;
    const settled = isImmediate ? entries.newest - latenessMs : (entries.times[this.#end - 1] ?? 0);
    while (entries.head < this.#start && (entries.times[entries.head] ?? 0) < settled - timespanMs) {
      entries.head += 1;
    }
    while (
      entries.size > enoughEvents &&
      (entries.times[entries.head + enoughEvents] ?? Infinity) < settled
    ) {
      this.#dropHead();
    }
    const moved = entries.compact();
    this.#start -= moved;
    this.#end -= moved;
  }

  #dropHead(): void {
    const { entries } = this;
    if (this.#start === entries.head) {
      if (this.#end > this.#start) this.#aggregate.remove(this.#measuredAt(this.#start));
      else this.#end += 1;
      this.#start += 1;
    }
    entries.head += 1;
  }

  #only(place: number): Contributors {
    const { ids, times } = this.entries;
    return { ids: [ids[place] ?? ''], times: [times[place] ?? 0] };
  }

  /** The events of the window; of very many the newest, and for distinct values one of each. */
  #contributors(): Contributors {
    const { ids, times } = this.entries;
    if (this.#shape.type !== 'value_count') {
      const from = Math.max(this.#start, this.#end - MAX_CONTRIBUTORS);
      return { ids: ids.slice(from, this.#end), times: times.slice(from, this.#end) };
    }
    const seen = new Set<Measured>();
    const places: number[] = [];
    const from = Math.max(this.#start, this.#end - LOOK_BACK);
    for (let at = this.#end - 1; at >= from && places.length < MAX_CONTRIBUTORS; at--) {
      const value = this.#measuredAt(at);
      if (seen.has(value)) continue;
      seen.add(value);
      places.push(at);
    }
    places.reverse();
    return { ids: places.map((at) => ids[at] ?? ''), times: places.map((at) => times[at] ?? 0) };
  }

  #measuredAt(place: number): Measured {
    return this.entries.measured[place] ?? 0;
  }
}
