import type { Measured } from './aggregate.ts';
import type { Contributors, Firing, Group } from './group.ts';
import { newGroupFactory, type AnyGroup } from './group-factory.ts';
import { GroupTable, type GroupSlot } from './group-table.ts';
import { isUsable, keyOf, numberOf, textsOf } from './input-values.ts';
import { LATENESS_MS, MAX_EVENTS, MAX_GROUP_EVENTS, MAX_GROUPS } from './limits.ts';
import type { CarriedValue, CorrelationPlan, InputPlan } from './plan.ts';
import { SlidingGroup, type SlidingState } from './sliding-group.ts';
import { TemporalGroup, type TemporalGroupState } from './temporal-group.ts';
import { TimeQueue } from './time-queue.ts';

/** One input of a correlation: a rule matched an event, or a correlation below found something. */
export interface CorrelationInput {
  /** Which of the correlation's rules. */
  readonly input: number;
  readonly eventId: string;
  readonly eventTs: number;
  readonly values: readonly CarriedValue[];
  readonly contributors: Contributors | null;
}

/** What one correlation holds, and what it could not use. Counts are since the start. */
export interface CorrelatorStats {
  readonly groups: number;
  readonly events: number;
  /** Events that wait until none can come before them any more. */
  readonly waiting: number;
  /** Inputs without a value in a field that groups or is counted. */
  readonly missingField: number;
  /** Inputs whose value should be a number and is none. */
  readonly notNumeric: number;
  /** Inputs that came too late to be placed. */
  readonly tooLate: number;
  /** Groups and events that were dropped before their time, because the limit was reached. */
  readonly groupsEvicted: number;
  readonly eventsEvicted: number;
  readonly firings: number;
}

export interface CorrelatorLimits {
  readonly groups: number;
  readonly groupEvents: number;
  readonly events: number;
}

/** A correlation as plain data. */
export interface CorrelatorState {
  readonly nowTs: number;
  readonly groups: readonly {
    readonly key: string;
    readonly values: readonly string[];
    readonly touchedTs: number;
    readonly sliding?: SlidingState;
    readonly temporal?: TemporalGroupState;
  }[];
}

const LIMITS: CorrelatorLimits = { groups: MAX_GROUPS, groupEvents: MAX_GROUP_EVENTS, events: MAX_EVENTS };

/** One correlation at work: sorts inputs into groups, and bounds what they keep. */
export class Correlator {
  readonly plan: CorrelationPlan;
  readonly groups = new GroupTable<AnyGroup>();
  readonly #limits: CorrelatorLimits;
  readonly #newGroup: (values: readonly string[]) => AnyGroup;
  readonly #isNumeric: boolean;
  readonly #isImmediate: boolean;
  /** Groups with events that wait, by the time of those events. */
  readonly #waiting = new TimeQueue<GroupSlot<AnyGroup>>();
  /** Groups in which a late event made a new evaluation necessary. */
  readonly #behind = new Set<GroupSlot<AnyGroup>>();
  #firings: Firing[] = [];
  /** Newest time of any event, as far as events may be believed. */
  #nowTs = -Infinity;
  #events = 0;
  readonly #counts = {
    missingField: 0,
    notNumeric: 0,
    tooLate: 0,
    groupsEvicted: 0,
    eventsEvicted: 0,
    firings: 0,
  };

  /** `isReferenced` when other correlations are built on it. */
  constructor(plan: CorrelationPlan, isReferenced: boolean, limits: CorrelatorLimits = LIMITS) {
    this.plan = plan;
    this.#limits = limits;
    const { type, percentile } = plan.rule;
    const isShare = type === 'value_percentile' && percentile === null;
    this.#isNumeric = plan.rule.valueFields.length > 0 && type !== 'value_count' && !isShare;
    const factory = newGroupFactory(plan, isReferenced, (firing) => this.#firings.push(firing));
    this.#newGroup = factory.newGroup;
    this.#isImmediate = factory.isImmediate;
  }

  /** Takes inputs in time order (late ones of earlier calls may follow) and returns what they made true, by time. */
  push(inputs: readonly CorrelationInput[], nowTs: number): readonly Firing[] {
    this.#nowTs = Math.max(this.#nowTs, nowTs);
    for (const input of inputs) this.#take(input);
    for (const slot of this.#behind) this.#advance(slot, Infinity);
    this.#behind.clear();
    if (!this.#isImmediate) this.#release(this.#nowTs - LATENESS_MS);
    this.#expire();
    return this.#takeFirings();
  }

  /** Evaluates everything that still waits: nothing more will come, or has come for long enough. */
  flush(): readonly Firing[] {
    this.#release(Infinity);
    return this.#takeFirings();
  }

  clear(): void {
    this.groups.clear();
    this.#waiting.clear();
    this.#behind.clear();
    this.#events = 0;
  }

  stats(): CorrelatorStats {
    let waiting = 0;
    if (!this.#isImmediate) for (const { group } of this.groups) waiting += group.waiting;
    return { groups: this.groups.size, events: this.#events, waiting, ...this.#counts };
  }

  exportState(): CorrelatorState {
    const groups = [...this.groups].map(({ key, group, touchedTs }) => {
      const { values } = group;
      return group instanceof SlidingGroup
        ? { key, values, touchedTs, sliding: group.exportState() }
        : { key, values, touchedTs, temporal: group.exportState() };
    });
    return { nowTs: this.#nowTs, groups };
  }

  /** Goes on from what was exported by a correlation of the same meaning. */
  restore({ nowTs, groups }: CorrelatorState): void {
    this.clear();
    this.#nowTs = nowTs;
    for (const { key, values, touchedTs, sliding, temporal } of groups) {
      const slot = this.groups.add(key, this.#newGroup(values), touchedTs);
      if (slot.group instanceof SlidingGroup && sliding !== undefined) slot.group.restore(sliding);
      if (slot.group instanceof TemporalGroup && temporal !== undefined) slot.group.restore(temporal);
      this.#events += slot.group.size;
      // One entry that releases all that waits in the group, once the last of it may be released.
      if (slot.group.waiting > 0) this.#waiting.push(nowTs, slot);
    }
  }

  #take(input: CorrelationInput): void {
    const plan = this.plan.inputs[input.input];
    if (plan === undefined) return;
    const key = keyOf(input.values, plan.groupBy);
    const measured = this.#measured(input.values, plan);
    if (key === null || measured === null) {
      this.#counts.missingField += 1;
      return;
    }
    if (!isUsable(measured)) {
      this.#counts.notNumeric += 1;
      return;
    }
    const slot = this.#slotFor(key, input.values, plan);
    const sizeBefore = slot.group.size;
    const carried =
      plan.carried.length === 0 ? NOTHING : plan.carried.map((place) => input.values[place] ?? null);
    const { eventId, eventTs, contributors } = input;
    const isPlaced = slot.group.insert({
      input: input.input,
      eventId,
      eventTs,
      measured,
      carried,
      contributors,
    });
    if (!isPlaced) this.#counts.tooLate += 1;
    else if (!this.#isImmediate) this.#waiting.push(eventTs, slot);
    else if (slot.group.waiting > 0) this.#behind.add(slot);
    this.#events += slot.group.size - sizeBefore;
    this.#bound(slot);
  }

  #measured(values: readonly CarriedValue[], { measured }: InputPlan): Measured | null {
    const [only] = measured;
    if (only === undefined) return 0;
    if (!this.#isNumeric) return keyOf(values, measured);
    return (values[only] ?? null) === null ? null : numberOf(values[only]);
  }

  #slotFor(key: string, values: readonly CarriedValue[], plan: InputPlan): GroupSlot<AnyGroup> {
    const known = this.groups.get(key);
    if (known === undefined) {
      return this.groups.add(key, this.#newGroup(textsOf(values, plan.groupBy)), this.#nowTs);
    }
    this.groups.touch(known, this.#nowTs);
    return known;
  }

  #advance(slot: GroupSlot<AnyGroup>, until: number): void {
    const sizeBefore = slot.group.size;
    slot.group.advance(until);
    this.#events += slot.group.size - sizeBefore;
  }

  #release(until: number): void {
    while (this.#waiting.size > 0 && this.#waiting.earliest <= until) {
      const time = this.#waiting.earliest;
      const slot = this.#waiting.pop();
      if (slot !== undefined) this.#advance(slot, time);
    }
  }

  #bound(slot: GroupSlot<AnyGroup>): void {
    if (slot.group.size > this.#limits.groupEvents) this.#evictEvents(slot.group);
    while (this.groups.size > this.#limits.groups || this.#events > this.#limits.events) {
      const { oldest } = this.groups;
      if (oldest === null || oldest === slot) {
        this.#evictEvents(slot.group);
        return;
      }
      this.#counts.groupsEvicted += 1;
      this.#counts.eventsEvicted += oldest.group.size;
      this.#drop(oldest);
    }
  }

  #evictEvents(group: Group): void {
    const sizeBefore = group.size;
    this.#counts.eventsEvicted += group.evictOldest();
    this.#events += group.size - sizeBefore;
  }

  /** Groups of which no event can share a window with what is still to come. */
  #expire(): void {
    const keptMs = this.plan.rule.timespanMs + LATENESS_MS;
    for (let { oldest } = this.groups; oldest !== null; { oldest } = this.groups) {
      const isOver = oldest.touchedTs + keptMs < this.#nowTs;
      if (!isOver || oldest.group.waiting > 0) return;
      this.#drop(oldest);
    }
  }

  #drop(slot: GroupSlot<AnyGroup>): void {
    this.#events -= slot.group.size;
    this.groups.delete(slot);
    this.#behind.delete(slot);
  }

  #takeFirings(): readonly Firing[] {
    const firings = this.#firings;
    this.#firings = [];
    this.#counts.firings += firings.length;
    return firings.sort((left, right) => left.eventTs - right.eventTs);
  }
}

const NOTHING: readonly CarriedValue[] = [];
