import type { ChainSlot } from './chains.ts';
import type { Contributors, Group, GroupEntry, OnFiring } from './group.ts';
import { MAX_CONTRIBUTORS, SERIES_MS } from './limits.ts';
import type { TemporalShape } from './shape.ts';
import { TemporalState, type TemporalMatch } from './temporal-state.ts';

/** An event that others may still come before. */
interface RecentEntry {
  readonly entry: GroupEntry;
  fired: boolean;
}

/** A group as plain data: what is settled, and the events that are not. */
export interface TemporalGroupState {
  readonly lastSeen: readonly (GroupEntry | null)[];
  readonly ordered: readonly (readonly ChainSlot[])[];
  readonly longest: readonly (readonly ChainSlot[])[] | null;
  readonly recent: readonly Readonly<RecentEntry>[];
  /** How many of the recent events were evaluated. */
  readonly evaluated: number;
}

/** Space that may lie unused at the front before the rest moves up. */
const SLACK = 64;

/**
 * One group of a temporal type. `settled` is the state before the recent events, `current` the state after those of
 * them that were evaluated; a late event starts again from `settled`.
 */
export class TemporalGroup implements Group {
  readonly values: readonly string[];
  readonly #settled: TemporalState;
  readonly #current: TemporalState;
  readonly #shape: TemporalShape;
  readonly #onFiring: OnFiring;
  readonly #recent: RecentEntry[] = [];
  /** Places in `#recent`: of the oldest still there, and behind the last that was evaluated. */
  #lastFiredTs = -Infinity;
  #head = 0;
  #end = 0;

  constructor(values: readonly string[], shape: TemporalShape, onFiring: OnFiring) {
    this.values = values;
    this.#shape = shape;
    this.#onFiring = onFiring;
    this.#settled = new TemporalState(shape);
    // What is only evaluated once it is settled needs no second state.
    this.#current = shape.isImmediate ? new TemporalState(shape) : this.#settled;
  }

  get size(): number {
    return this.#recent.length - this.#head;
  }

  get waiting(): number {
    return this.#recent.length - this.#end;
  }

  insert(entry: GroupEntry): boolean {
    const last = this.#recent.at(-1)?.entry;
    if (last === undefined || entry.eventTs >= last.eventTs) {
      if (last === undefined && this.#isSettledAfter(entry)) return false;
      const isCaughtUp = this.#end === this.#recent.length;
      this.#recent.push({ entry, fired: false });
      if (isCaughtUp && this.#shape.isImmediate) this.#step();
      return true;
    }
    if (this.#isTooLate(entry, last)) return false;
    const place = this.#placeFor(entry);
    this.#recent.splice(place, 0, { entry, fired: false });
    if (place < this.#end) this.#startAgain();
    return true;
  }

  advance(until: number): void {
    while (this.waiting > 0 && (this.#recent[this.#end]?.entry.eventTs ?? 0) <= until) this.#step();
  }

  /** The oldest recent event becomes settled early: later ones from before it are refused. */
  evictOldest(): number {
    if (this.size === 0) return 0;
    if (this.#head === this.#end) this.#step();
    if (this.#shape.isImmediate) this.#settleOldest();
    return 1;
  }

  exportState(): TemporalGroupState {
    const { lastSeen, ordered, longest } = this.#settled;
    return {
      lastSeen,
      ordered: ordered.map(({ slots }) => slots),
      longest: longest === null ? null : longest.slots,
      recent: this.#recent.slice(this.#head),
      evaluated: this.#end - this.#head,
    };
  }

  /** Makes a new group what an exported one was. */
  restore({ lastSeen, ordered, longest, recent, evaluated }: TemporalGroupState): void {
    const settled = this.#settled;
    for (const [input, entry] of lastSeen.entries()) settled.lastSeen[input] = entry;
    for (const [at, slots] of ordered.entries()) settled.ordered[at]?.restore(slots);
    if (longest !== null) settled.longest?.restore(longest);
    if (this.#current !== settled) this.#current.copyFrom(settled);
    for (const { entry, fired } of recent) this.#recent.push({ entry, fired });
    while (this.#end < evaluated) this.#applyNext();
  }

  /** Evaluates the next event, of which several rules may have matched: it counts with all of them. */
  #step(): void {
    const recent = this.#applyNext();
    if (recent === undefined) return;
    const { eventId, eventTs } = recent.entry;
    while (this.#recent[this.#end]?.entry.eventId === eventId) this.#applyNext();
    const oldest = eventTs - this.#shape.timespanMs;
    const match = this.#hasFired(eventId) ? null : this.#current.matchSince(oldest);
    if (match !== null) {
      recent.fired = true;
      this.#fire(recent.entry, match, oldest);
    }
    if (this.#shape.isImmediate) this.#settleBefore(eventTs - this.#shape.latenessMs);
    else this.#head = this.#end;
    this.#compact();
  }

  #hasFired(eventId: string): boolean {
    for (let at = this.#end - 1; at >= this.#head; at--) {
      const recent = this.#recent[at];
      if (recent?.entry.eventId !== eventId) return false;
      if (recent.fired) return true;
    }
    return false;
  }

  #settleBefore(ts: number): void {
    while ((this.#recent[this.#head]?.entry.eventTs ?? Infinity) < ts) this.#settleOldest();
  }

  #applyNext(): RecentEntry | undefined {
    const recent = this.#recent[this.#end];
    if (recent === undefined) return undefined;
    this.#end += 1;
    this.#current.apply(recent.entry);
    return recent;
  }

  #settleOldest(): void {
    const oldest = this.#recent[this.#head++];
    if (oldest !== undefined) this.#settled.apply(oldest.entry);
  }

  #startAgain(): void {
    this.#current.copyFrom(this.#settled);
    this.#end = this.#head;
  }

  #fire(trigger: GroupEntry, match: TemporalMatch, oldest: number): void {
    const { eventId, eventTs, carried } = trigger;
    const isFollowUp = Math.abs(eventTs - this.#lastFiredTs) <= SERIES_MS;
    this.#lastFiredTs = eventTs;
    const isNamed = !isFollowUp || this.#shape.isReferenced;
    this.#onFiring({
      groupValues: this.values,
      eventId,
      eventTs,
      measure: match.measure,
      contributors: contributorsOf(isNamed ? [...match.entries, trigger] : [trigger], oldest),
      isFollowUp,
      carried,
    });
  }

  #isTooLate(entry: GroupEntry, newest: GroupEntry): boolean {
    if (this.#shape.isImmediate) return entry.eventTs < newest.eventTs - this.#shape.latenessMs;
    return this.#isSettledAfter(entry);
  }

  /** With nothing recent left, what was evaluated last still bounds what may come. */
  #isSettledAfter(entry: GroupEntry): boolean {
    return this.#settled.lastSeen.some((seen) => seen !== null && seen.eventTs > entry.eventTs);
  }

  #placeFor(entry: GroupEntry): number {
    let place = this.#recent.length;
    while (place > this.#head) {
      const before = this.#recent[place - 1]?.entry;
      if (before === undefined || entry.eventTs >= before.eventTs) break;
      place -= 1;
    }
    return place;
  }

  #compact(): void {
    if (this.#head < SLACK || this.#head * 2 < this.#recent.length) return;
    this.#recent.splice(0, this.#head);
    this.#end -= this.#head;
    this.#head = 0;
  }
}

/** The events of a match, with those behind matches of correlations below as far as the window reaches. */
function contributorsOf(entries: readonly GroupEntry[], oldest: number): Contributors {
  const times = new Map<string, number>();
  for (const { eventId, eventTs, contributors } of entries) {
    for (const [at, id] of (contributors?.ids ?? []).entries()) {
      const time = contributors?.times[at] ?? -Infinity;
      if (time >= oldest) times.set(id, time);
    }
    times.set(eventId, eventTs);
  }
  const sorted = [...times].sort((left, right) => left[1] - right[1]).slice(-MAX_CONTRIBUTORS);
  return { ids: sorted.map(([id]) => id), times: sorted.map(([, time]) => time) };
}
